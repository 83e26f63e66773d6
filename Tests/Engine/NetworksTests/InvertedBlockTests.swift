import Networks
import TestSupport
import Testing
import Torch

/// Networks of inverted residual blocks while they learn in float32, where blocks are operations of the engine, beside float64, where
/// they go step by step.
@Suite("Inverted blocks")
struct InvertedBlockTests {
  /// How a pass treats statistics, and which normalisations do not learn.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var records = true
    var shifts = false
    /// One of how many normalisations is frozen; 0 is none.
    var freezes = 0
    var testDescription: String {
      "\(name), records \(records), shifts \(shifts), freezes one of \(freezes)"
    }
  }

  /// 3 × 3 with torch's zeros; 3 × 3 and 5 × 5 with TensorFlow's; ReLU and hard-swish with weighed channels.
  static let names = ["mobilenet_v2", "efficientnet_lite0", "mobilenetv3_small_100"]
  static let cases = names.flatMap { name in
    [
      Case(name: name), Case(name: name, records: false), Case(name: name, freezes: 3),
      Case(name: name, shifts: true, freezes: 3),
    ]
  }

  private struct Outcome {
    var logits: [Double]
    var gradients: [String: [Double]]
    var buffers: [String: [Double]]
  }

  private func outcome(_ one: Case, _ type: DType) throws -> Outcome {
    let network = try Architectures.named(one.name).build(
      classes: 5, form: NetworkForm(), using: Initializer(dtype: type, generator: nil))
    GoldenRule.fill(network)
    let norms = network.parameters.filter { $0.tensor.rank == 1 }
    for (index, norm) in norms.enumerated() where one.freezes > 0 && index % one.freezes == 0 {
      _ = norm.tensor.requiringGrad(false)
    }
    var context = Context(training: true)
    (context.recordsStatistics, context.shiftsStatistics) = (one.records, one.shifts)
    let images = GoldenRule.tensor(3, [6, 3, 65, 72], scale: 3.4, .float64)
    let logits = network(inLayout(images.to(type)), context)
    (logits * GoldenRule.tensor(9, logits.shape, type)).sum().backward()
    func values(_ tensors: [NamedTensor]) -> [String: [Double]] {
      Dictionary(
        uniqueKeysWithValues: tensors.map { ($0.name, $0.tensor.scalars(as: Double.self)) })
    }
    let gradients = network.parameters.compactMap { parameter in
      parameter.tensor.grad.map { (parameter.name, $0.scalars(as: Double.self)) }
    }
    return Outcome(
      logits: logits.scalars(as: Double.self),
      gradients: Dictionary(uniqueKeysWithValues: gradients), buffers: values(network.buffers))
  }

  private func length(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
  private func gap(_ some: [Double], _ others: [Double], least: Double = 0) -> Double {
    length(zip(some, others).map { $0 - $1 }) / max(length(others), least)
  }

  @Test("float32 learns what float64 does", arguments: cases)
  func agrees(_ one: Case) throws {
    let (found, exact) = (try outcome(one, .float32), try outcome(one, .float64))
    #expect(gap(found.logits, exact.logits) < 1e-3)
    #expect(found.gradients.keys.sorted() == exact.gradients.keys.sorted())
    // A gradient that is zero but for rounding is measured against the gradients at large.
    let whole = length(exact.gradients.values.map(length))
    for (name, expected) in exact.gradients {
      let found = try #require(found.gradients[name])
      #expect(gap(found, expected, least: 1e-3 * whole) < 0.02, "\(name)")
    }
    for (name, expected) in exact.buffers {
      let found = try #require(found.buffers[name])
      #expect(gap(found, expected, least: 1e-3) < 1e-4, "\(name)")
      if name.hasSuffix("num_batches_tracked") { #expect(found == expected, "\(name)") }
    }
  }
}
