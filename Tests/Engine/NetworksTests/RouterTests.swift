import Foundation
import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Networks that say of each row how many of their experts are to answer.
@Suite struct RouterTests {
  struct GoldenFile: Decodable {
    struct Layer: Decodable { var weight: [Float], bias: [Float] }
    var rows: Int, features: Int, classes: Int, inputs: [Float]
    var heads: [Layer], layers: [Layer], choice: Layer
    var scores: [[Double]], engaged: [Double], answer: [Double]
  }

  private let golden: GoldenFile
  init() throws { golden = try Golden.load("Networks/router.json") }

  /// Three linear heads over the inputs, with the golden's weights.
  private func network() throws -> Network {
    let network = try Architectures.named("linear").build(
      classes: golden.classes, inputs: golden.features,
      form: NetworkForm(branches: 3, routes: true), using: Generator(seed: 1))
    func set(_ name: String, _ layer: GoldenFile.Layer) throws {
      for (last, values) in [("weight", layer.weight), ("bias", layer.bias)] {
        let tensor = try #require(network.stateDict["\(name).\(last)"])
        withoutGradients { tensor.copy(from: Tensor(values, shape: tensor.shape)) }
      }
    }
    for (number, head) in golden.heads.enumerated() { try set("experts.\(number).fc", head) }
    for (number, layer) in golden.layers.enumerated() { try set("router.\(number)", layer) }
    try set("router.choice", golden.choice)
    return network
  }

  private var inputs: Inputs {
    Inputs(Tensor(golden.inputs, shape: [golden.rows, golden.features]))
  }

  /// Scores, how many experts each row engages, and its answer, whether all are run or those alone that are needed.
  @Test func theGoldenAnswer() throws {
    let network = try network()
    let context = Context()
    try withoutGradients {
      let whole = network.outputs(inputs, context)
      let scores = network.routing(of: whole.features, whole.heads, context)
      #expect(scores.count == 2)
      for (found, expected) in zip(scores, golden.scores) {
        #expect(
          difference(found.scalars(as: Double.self), expected, relative: 1e-4, absolute: 1e-5)
            == nil)
      }
      let needed = network.answer(inputs, context)
      for found in [whole, needed] {
        let engaged = try #require(found.engaged)
        #expect(engaged.scalars(as: Double.self) == golden.engaged)
        #expect(
          difference(found.logits.scalars(as: Double.self), golden.answer, absolute: 1e-5) == nil)
      }
      #expect(whole.heads.count == 3 && needed.heads.isEmpty && needed.features.isEmpty)
      // While learning all answer.
      let learning = network.outputs(inputs, Context(training: true))
      #expect(learning.engaged == nil)
    }
  }

  private func routed(_ name: String, bias: Double, inputs: Int? = nil) throws -> Network {
    let network = try Architectures.named(name).build(
      classes: 4, inputs: inputs, form: NetworkForm(head: .cosine(scale: 8), branches: 3),
      using: Generator(seed: 2)
    ).withNewRouter(using: Generator(seed: 3))
    let tensor = try #require(network.stateDict["router.choice.bias"])
    withoutGradients { tensor.fill(bias) }
    return network
  }

  private func work(_ body: (Context) -> Outputs) -> (outputs: Outputs, count: Int) {
    let count = OperationCount()
    return withoutGradients { (body(Context(tracing: count)), count.multiplyAdds) }
  }

  /// Branches are not run for rows that do not need them: without any the work is that of one branch, with all of them that
  /// of three, and in between as much as rows go on.
  @Test func unneededBranchesAreNotRun() throws {
    let images = Tensor.normal([12, 3, 16, 16], using: Generator(seed: 4)).channelsLast()
    let inputs = Inputs(images)
    func plain(_ branches: Int) throws -> Int {
      let network = try Architectures.named("resnet20").build(
        classes: 4, form: NetworkForm(head: .cosine(scale: 8), branches: branches),
        using: Generator(seed: 2))
      return work { network.outputs(inputs, $0) }.count
    }
    let (one, three) = (try plain(1), try plain(3))
    // Of 64 features and 4 mean logits: a layer of 16, and one value.
    let choice = 12 * (64 * 16 + 16 + 4)
    let none = try routed("resnet20", bias: -1000)
    let first = work { none.answer(inputs, $0) }
    #expect(first.count == one + choice)
    #expect(first.outputs.engaged?.scalars(as: Double.self) == Array(repeating: 1, count: 12))
    let all = try routed("resnet20", bias: 1000)
    let last = work { all.answer(inputs, $0) }
    #expect(last.count == three + 2 * choice)
    #expect(last.outputs.engaged?.scalars(as: Double.self) == Array(repeating: 3, count: 12))
    let plainMean = work { all.outputs(inputs, $0) }.outputs
    #expect(
      difference(
        last.outputs.logits.scalars(as: Double.self),
        Readout.mean(plainMean.heads).scalars(as: Double.self), absolute: 1e-5) == nil)
  }

  /// A bias at the middle score of the first expert, so that some rows go on and some do not.
  private func divided(_ network: Network, _ inputs: Inputs) throws {
    try withoutGradients {
      let whole = network.outputs(inputs, Context())
      let scores = network.routing(of: whole.features, whole.heads, Context())[0]
        .scalars(as: Float.self).sorted()
      let tensor = try #require(network.stateDict["router.choice.bias"])
      tensor.fill(Double(-(scores[scores.count / 2] + scores[scores.count / 2 - 1]) / 2))
    }
  }

  /// The rows that go on keep what belongs to them, the lengths of series too, in the order of the batch.
  @Test(arguments: ["resnet20", "inception_time"])
  func someRowsGoOn(name: String) throws {
    let isSeries = name == "inception_time"
    let network = try routed(name, bias: 0, inputs: isSeries ? 2 : nil)
    let inputs =
      isSeries
      ? Inputs(
        Tensor.normal([6, 2, 20], using: Generator(seed: 5)), lengths: [20, 7, 12, 20, 9, 15])
      : Inputs(Tensor.normal([6, 3, 16, 16], using: Generator(seed: 5)).channelsLast())
    try divided(network, inputs)
    let whole = work { network.outputs(inputs, $0) }
    let needed = work { network.answer(inputs, $0) }
    let engaged = try #require(whole.outputs.engaged?.scalars(as: Double.self))
    #expect(engaged.contains(1) && engaged.contains { $0 > 1 }, "\(engaged)")
    #expect(needed.outputs.engaged?.scalars(as: Double.self) == engaged)
    #expect(
      difference(
        needed.outputs.logits.scalars(as: Double.self),
        whole.outputs.logits.scalars(as: Double.self), absolute: 1e-5) == nil)
    #expect(needed.count < whole.count)
  }

  /// The other tensors begin as without; a router goes with its heads and not with others.
  @Test func belongsToItsHeads() throws {
    func network(_ routes: Bool) throws -> Network {
      try Architectures.named("resnet20").build(
        classes: 4, form: NetworkForm(branches: 2, routes: routes), using: Generator(seed: 2))
    }
    let (plain, routed) = (try network(false), try network(true))
    for (name, tensor) in plain.stateDict {
      #expect(tensor.scalars(as: Float.self) == routed.stateDict[name]?.scalars(as: Float.self))
    }
    #expect(
      routed.routerNames
        == ["0.weight", "0.bias", "choice.weight", "choice.bias"].map {
          "router." + $0
        })
    #expect(plain.routerNames.isEmpty && !routed.headNames.contains { $0.hasPrefix("router") })
    #expect(plain.withNewRouter(using: Generator(seed: 1)).form == routed.form)
    #expect(routed.withoutProjection().form.routes)
    #expect(!routed.with(heads: routed.heads).form.routes)
    // Weights to begin with need no router, and bring none.
    let report = try routed.loadPretrained(plain.stateDict)
    #expect(report.leftOut.isEmpty && report.unexpected.isEmpty)
    #expect(throws: WeightsError.self) { try routed.load(plain.stateDict) }
    #expect(throws: WeightsError.self) { try plain.load(routed.stateDict) }
  }

  @Test func formsAreReadBackAndChecked() throws {
    let form = NetworkForm(branches: 2, routes: true)
    let text = try JSONEncoder().encode(form)
    #expect(try JSONDecoder().decode(NetworkForm.self, from: text) == form)
    let plain = String(decoding: try JSONEncoder().encode(NetworkForm(branches: 2)), as: UTF8.self)
    #expect(!plain.contains("routes"))
    #expect(form.problem == nil)
    for wrong in [
      NetworkForm(routes: true), NetworkForm(branches: 2, joinsFeatures: true, routes: true),
      NetworkForm(branches: 2, readout: .weighted([0.5, 0.5]), routes: true),
      NetworkForm(branches: 2, decoding: .sigmoid, routes: true),
      NetworkForm(head: .decoder(side: 16), branches: 2, routes: true),
    ] {
      #expect(
        wrong.problem
          == "expected two experts or more with a head each, whose mean logits answer, for its router"
      )
    }
  }
}
