import Batches
import Files
import Foundation
import Methods
import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// What the catalogue says that methods cost, against passes that are counted: `make proofs` writes them to
/// `Results/methods-cost.md`.
@Suite struct CostTests {
  struct Cost {
    var forward = 0.0, backward = 0.0
    /// A forward pass is 1 and a backward pass 2, of which plain training has one each.
    var total: Double { (forward + 2 * backward) / 3 }
  }

  /// Passes an image of the first stream in a run, all stages together, at ten moments of each.
  static func cost(of method: any Method) throws -> Cost {
    let classes = try ClassCounts([90, 9, 1])
    let labels = classes.counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let pass = LinearPass(form: method.network, classes: 3)
    let branch = try branchShare(of: method.network)
    var cost = Cost()
    for (number, stage) in method.stages(for: classes).enumerated() where stage.trains != .nothing {
      let count = PassCount()
      var memory = stage.objective.memory(for: classes)
      for step in 0..<10 {
        let key = RandomKey(seed: 1).folding(number).folding(step)
        let streams = stage.streams.enumerated().map { place, stream in
          var source = key.folding("sampler").folding(place).source
          let rows = Array(
            stream.sampler.indices(
              for: labels, classes: classes, progress: Double(step) / 9, using: &source
            ).prefix(8))
          let own = rows.map { labels[$0] }
          return Batch(
            inputs: Pictures.inputs(TinyRun.logits(own), for: method.network), target: Target(own),
            examples: rows)
        }
        _ = stage.objective.terms(
          batches(of: stage, streams),
          through: CountingPass(
            inner: pass, count: count, branch: branch, learns: stage.trains == .everything),
          at: Moment(
            stage: number, step: step, progress: Double(step) / 9, elapsed: Double(step) / 10,
            key: key), remembering: &memory)
      }
      cost.forward += stage.fraction * count.forward / 80
      cost.backward += stage.fraction * count.backward / 80
    }
    return cost
  }

  /// The batches of a step, as many unlabelled rows for each labelled one as the stage asks for.
  private static func batches(of stage: Stage, _ streams: [Batch]) -> [Batch] {
    let batches = TinyRun.batches(of: stage, streams)
    guard let unlabelled = stage.unlabelled else { return batches }
    let first = batches.count - unlabelled.views.count
    return batches.enumerated().map { place, batch in
      guard place >= first else { return batch }
      let inputs = Inputs.concatenated((0..<unlabelled.ratio).map { _ in batch.inputs })
      return Batch(inputs: inputs, target: Target(unknown: inputs.count))
    }
  }

  /// What a branch beside the first adds to a ResNet-20 of 32 × 32 pixels, in parts of the plain one, by multiply-adds.
  private static func branchShare(of form: NetworkForm) throws -> Double {
    guard form.branches > 1 else { return 0 }
    func multiplyAdds(_ branches: Int) throws -> Int {
      var plain = form
      (plain.branches, plain.readout) = (branches, .mean)
      if branches == 1 { plain.joinsFeatures = false }
      let network = try Architectures.named("resnet20").build(
        classes: 10, form: plain, using: Generator(seed: 1))
      let count = OperationCount()
      withoutGradients {
        _ = network(Tensor.zeros([1, 3, 32, 32]).channelsLast(), Context(tracing: count))
      }
      return count.multiplyAdds
    }
    let one = try multiplyAdds(1)
    return Double(try multiplyAdds(2) - one) / Double(one)
  }

  @Test(arguments: catalogue.map { $0.init() as any Method })
  func theCatalogueSaysWhatIsCounted(method: any Method) throws {
    let name = type(of: method).name
    let counted = try Self.cost(of: method)
    let said = try #require(methodCosts[name], "no cost of \(name)")
    #expect(
      close(said, counted.total, relative: 0.03, absolute: 0.005), "\(name): \(counted.total)")
  }

  @Test func everyMethodHasACost() {
    #expect(Set(methodCosts.keys) == Set(catalogue.map { $0.name }))
  }

  /// By hand: plain training, two stages of which one goes forward alone, eleven passes of an attack, a teacher.
  @Test func costsThatAreKnown() throws {
    #expect(try Self.cost(of: ERM()).total == 1)
    #expect(close(try Self.cost(of: ClassifierRetraining()).total, 0.9 + 0.1 / 3))
    #expect(close(try Self.cost(of: PGDTraining()).total, 11))
    #expect(try Self.cost(of: LogisticProbe()).total == 0)
  }

  @Test(.enabled(if: Proofs.areAsked))
  func writesTheTable() throws {
    var lines = [
      "# What methods cost", "",
      "`make proofs`: passes of the network for each image of an epoch of plain training, counted and not timed. A forward"
        + " pass counts 1 and a backward pass 2, so that plain training costs 1; further branches count by the multiply-adds"
        + " that they add to a ResNet-20. What edits between stages look at (a forward pass over the training set each),"
        + " projections, and reading images are not in it.", "",
      "| method | cost | forward | backward |", "|---|--:|--:|--:|",
    ]
    for type in catalogue {
      let cost = try Self.cost(of: type.init())
      let cells = [cost.total, cost.forward, cost.backward].map { String(format: "%.2f", $0) }
      lines.append("| \(type.name) | \(cells.joined(separator: " | ")) |")
    }
    let results = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Results/methods-cost.md").standardized.path
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: results)
  }
}
