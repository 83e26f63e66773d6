import Foundation
import Randomness
import Reports
import Testing

/// Ticks of axes of any size and place, against what a reader expects of them.
@Suite struct TickTests {
  /// Domains of 10⁻⁹ to 10¹² units, beginning at 0, below it, or up to a hundred of their lengths from it.
  private static let domains: [ClosedRange<Double>] = {
    var random = RandomKey(seed: 41).source
    return (0..<900).map { place in
      let span = pow(10, 21 * random.uniform() - 9)
      let start =
        switch place % 3 {
        case 0: 0.0
        case 1: -span * random.uniform()
        default: span * 100 * (random.uniform() - 0.5)
        }
      return start...start + span
    }
  }()

  /// A step as a whole number of one digit and a power of ten.
  private func parts(_ step: Double) -> (digit: Double, power: Double) {
    let power = (log10(step) + 1e-9).rounded(.down)
    return (step / pow(10, power), power)
  }

  @Test(arguments: 1...8)
  func `steps are round, and neither far more nor far fewer than asked for`(count: Int) {
    for domain in Self.domains {
      let scale = Scale(domain, onto: 0, 100)
      let step = scale.step(count)
      let digit = parts(step).digit
      #expect([1.0, 2, 5, 10].contains { abs(digit - $0) < 1e-6 }, "\(step) of \(domain)")
      // From one round step to the next it is at most 2.5 times as far.
      let rough = (domain.upperBound - domain.lowerBound) / Double(count)
      #expect(step >= 0.99 * rough && step <= 2.51 * rough, "\(step) for \(rough)")
    }
  }

  @Test(arguments: 1...8)
  func `ticks are all multiples of the step within the axis, and no others`(count: Int) {
    for domain in Self.domains {
      let scale = Scale(domain, onto: 30, 330)
      let (step, ticks) = (scale.step(count), scale.ticks(count))
      let room = 1e-6 * step
      #expect(ticks.allSatisfy { $0 >= domain.lowerBound - room && $0 <= domain.upperBound + room })
      for (tick, next) in zip(ticks, ticks.dropFirst()) {
        #expect(abs(next - tick - step) <= 1e-6 * step, "\(ticks)")
      }
      for tick in ticks { #expect(abs((tick / step).rounded() - tick / step) < 1e-6, "\(tick)") }
      if let first = ticks.first, let last = ticks.last {
        #expect(first - step < domain.lowerBound + room && last + step > domain.upperBound - room)
      } else {
        #expect(domain.upperBound - domain.lowerBound < step)
      }
      #expect(ticks.count <= count + 1, "\(ticks)")
    }
  }

  @Test(arguments: 1...8)
  func `labels are different, and read back as the place of their tick`(count: Int) throws {
    for domain in Self.domains {
      let scale = Scale(domain, onto: 0, 100)
      let (step, ticks) = (scale.step(count), scale.ticks(count))
      let labels = ticks.map { Figures.tick($0, step: step) }
      #expect(Set(labels).count == labels.count, "\(labels) of \(domain)")
      for (tick, label) in zip(ticks, labels) {
        let number = try #require(DrawnChart.number(label), "\(label)")
        #expect(abs(number - tick) < 1e-3 * step + 1e-12 * abs(tick), "\(label) for \(tick)")
        #expect(!label.hasPrefix("-") && label != "−0", "\(label)")
      }
    }
  }

  /// Rates of fine-tuning and losses of a run that diverges lie far from 1.
  @Test(arguments: [
    (0.000001, 0.000001, "0.000001"), (0.000002, 0.000001, "0.000002"), (2e-7, 1e-7, "2×10^−7"),
    (1.5e-7, 5e-8, "15×10^−8"), (-3e-9, 1e-9, "−3×10^−9"), (0, 1e-8, "0"),
    (5e19, 5e19, "5×10^19"), (1e20, 2e19, "10×10^19"), (-4e9, 2e9, "−4×10^9"),
    (2_000_000, 500_000, "2,000,000"), (-2000, 500, "−2,000"), (0.25, 0.05, "0.25"),
    (1000.5, 0.5, "1000.5"),
  ])
  func `labels of small and large steps are numbers`(value: Double, step: Double, label: String) {
    #expect(Figures.tick(value, step: step) == label)
  }

  @Test func `an axis of one value has it in the middle, however large it is`() {
    for value in [0, -3, 1e-12, 7e5, 1e17, -4e30, 3e38] {
      let scale = Scale(value...value, onto: 10, 110)
      #expect(abs(scale(value) - 60) < 1e-3, "\(value)")
      #expect(scale.domain.lowerBound < value && value < scale.domain.upperBound)
      #expect(scale.ticks(4).count <= 5)
    }
  }

  /// The place of a value against the plain rule of three.
  @Test func `places follow the rule of three and keep the order`() {
    var random = RandomKey(seed: 43).source
    for domain in Self.domains.prefix(200) {
      let scale = Scale(domain, onto: 200, 20)
      let span = domain.upperBound - domain.lowerBound
      let values = (0..<20).map { _ in domain.lowerBound + span * random.uniform() }.sorted()
      let places = values.map { scale($0) }
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 >= $1 })
      for (value, place) in zip(values, places) {
        let expected = 200 - 180 * ((value - domain.lowerBound) / span)
        #expect(abs(place - expected) < 1e-6)
      }
      #expect(scale(domain.lowerBound) == 200 && abs(scale(domain.upperBound) - 20) < 1e-9)
      #expect(scale(.infinity) == scale(domain.upperBound) && scale(-.infinity) == 200)
    }
  }
}
