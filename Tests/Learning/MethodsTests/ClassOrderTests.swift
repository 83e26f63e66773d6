import Losses
import Methods
import Plans
import Sampling
import TestSupport
import Testing

/// Plans know classes by their sizes alone: other names, other orders and more of the same change nothing.
@Suite("Plans and the order of classes")
struct ClassOrderTests {
  static let counts = [50, 20, 7, 3]
  static let names = catalogue.map { $0.name }

  /// All 24 orders.
  static let orders: [[Int]] = {
    func all(_ left: [Int]) -> [[Int]] {
      left.isEmpty
        ? [[]] : left.flatMap { first in all(left.filter { $0 != first }).map { [first] + $0 } }
    }
    return all([0, 1, 2, 3])
  }()

  /// The label mass of a run, and of each stage at each time, moves with the classes.
  @Test(arguments: names)
  func massMovesWithTheClasses(name: String) throws {
    let made = try method(named: name).init()
    let classes = try ClassCounts(Self.counts)
    let plain = made.expectedLabelMass(for: classes)
    let parts = made.stages(for: classes).map { stage in
      [0, 0.6, 1].map { stage.expectedLabelMass(for: classes, progress: $0) }
    }
    for order in Self.orders {
      let moved = try ClassCounts(order.map { Self.counts[$0] })
      #expect(
        difference(
          made.expectedLabelMass(for: moved), order.map { plain[$0] }, relative: 1e-9) == nil)
      for (stage, before) in zip(made.stages(for: moved), parts) {
        for (progress, mass) in zip([0, 0.6, 1], before) {
          let after = stage.expectedLabelMass(for: moved, progress: progress)
          #expect(difference(after, order.map { mass[$0] }, relative: 1e-9) == nil)
        }
      }
    }
  }

  /// So does what the network answers for, and all of which that is made.
  @Test(arguments: names)
  func correctionsMoveWithTheClasses(name: String) throws {
    let made = try method(named: name).init()
    let classes = try ClassCounts(Self.counts)
    let plain = made.stages(for: classes).map { $0.correction(for: classes) }
    for order in Self.orders {
      let moved = try ClassCounts(order.map { Self.counts[$0] })
      for (stage, before) in zip(made.stages(for: moved), plain) {
        let after = stage.correction(for: moved)
        #expect((after == nil) == (before == nil))
        guard let after, let before else { continue }
        for part in [
          \ClassCorrection.answered, \.weights, \.offsets, \.drawn, \.shift, \.priors,
        ] {
          #expect(
            difference(
              after[keyPath: part], order.map { before[keyPath: part][$0] }, relative: 1e-9)
              == nil)
        }
        #expect(after.blends == before.blends)
      }
    }
  }

  /// A tenfold of every class draws the same, but where effective numbers go by how many there are.
  @Test(arguments: names.filter { !["effective-number-sampling", "gcl"].contains($0) })
  func moreOfTheSame(name: String) throws {
    let made = try method(named: name).init()
    let (few, many) = (
      try ClassCounts(Self.counts), try ClassCounts(Self.counts.map { 10 * $0 })
    )
    #expect(
      difference(
        made.expectedLabelMass(for: many), made.expectedLabelMass(for: few), relative: 1e-9)
        == nil)
  }

  /// A class that is cut in two halves of its size has as much mass in the halves as it had, where rows are drawn one by
  /// one as they come.
  @Test(arguments: ["erm", "mixup", "focal", "logit-adjustment", "cutmix", "tau-norm", "fixmatch"])
  func halvesOfAClass(name: String) throws {
    let made = try method(named: name).init()
    let whole = made.expectedLabelMass(for: try ClassCounts([60, 30, 10]))
    let halved = made.expectedLabelMass(for: try ClassCounts([30, 30, 30, 10]))
    #expect(
      difference([halved[0] + halved[1], halved[2], halved[3]], whole, relative: 1e-9) == nil)
  }

  /// Whoever is drawn more than comes is rarer than whoever is drawn less: no plan favours a common class over a rare
  /// one.
  @Test(arguments: names.filter { $0 != "ssim-autoencoder" })
  func noCommonClassIsFavoured(name: String) throws {
    let classes = try ClassCounts(Self.counts)
    let mass = try method(named: name).init().expectedLabelMass(for: classes)
    let factors = zip(mass, classes.priors).map { $0 / $1 }
    for (common, rare) in zip(factors, factors.dropFirst()) {
      #expect(rare >= common - 1e-9, "\(factors)")
    }
  }

  /// Nor do its corrections at the end of a run: what is answered for leans to rare classes, or stays.
  @Test(arguments: names.filter { $0 != "ssim-autoencoder" })
  func noCommonClassIsAnsweredFor(name: String) throws {
    let classes = try ClassCounts(Self.counts)
    for stage in try method(named: name).init().stages(for: classes) {
      guard let found = stage.correction(for: classes) else { continue }
      let factors = zip(found.answered, found.priors).map { $0 / $1 }
      for (common, rare) in zip(factors, factors.dropFirst()) {
        #expect(rare >= common - 1e-9, "\(factors)")
      }
      #expect(close(found.answered.reduce(0, +), 1, relative: 1e-9))
    }
  }
}
