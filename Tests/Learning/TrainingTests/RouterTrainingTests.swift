import Evaluation
import Files
import Inference
import Methods
import Networks
import Plans
import Runs
import Sampling
import TestSupport
import Testing
import Torch
import Training
import Weights

/// RIDE with a router: a second part of the run that trains it and nothing else, and a model that uses it.
@Suite struct RouterTrainingTests {
  private var routed: RIDE {
    var method = RIDE()
    (method.experts, method.router) = (3, 0.5)
    return method
  }

  @Test func stages() throws {
    let classes = try ClassCounts([20, 8, 3])
    let stages = routed.stages(for: classes)
    #expect(stages.count == 2 && stages.map(\.fraction) == [0.5, 0.5])
    #expect(stages[1].trains == .router && stages[1].chooses == .last)
    #expect(stages[1].opening.first is NewRouter && stages[1].rate == .restarts(factor: 0.1))
    #expect(stages[1].streams[0].sampler is ClassBalancedSampler)
    #expect(RIDE().stages(for: classes).count == 1)
    let error = #expect(throws: OverrideError.self) {
      try RIDE.with(["router": "0.1", "experts": "1"])
    }
    #expect(error?.description == "ride: router must be 0 where there is one expert, got 0.1")
    #expect(throws: OverrideError.self) { try RIDE.with(["router": "1"]) }
    #expect(throws: OverrideError.self) { try RIDE.with(["caution": "0"]) }
  }

  /// Experts keep their bytes, running statistics included; the router learns; the model has it, and its predictions say how
  /// many experts each image had.
  @Test func onlyTheRouterLearns() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(routed, epochs: 4, folder: folder)
      let directory = try tiny.directory("run")
      let history = try tiny.trainer(in: directory).run().history
      #expect(history.count == 4 && history.allSatisfy { $0.trainLoss.isFinite })
      let first = try Architectures.named("resnet20").build(
        classes: 3, form: routed.network, using: Generator(seed: 1))
      try first.load(
        Safetensors.read(
          FilePath.join(directory.path, "checkpoints/best-stage-1.safetensors")
        ).tensors)
      let model = try ModelFile.read(directory.model, on: .cpu).network
      #expect(model.routerNames.count == 6 && model.form.routes && !first.form.routes)
      func values(_ network: Network) -> [String: [Float]] {
        Dictionary(
          uniqueKeysWithValues: (network.parameters + network.buffers).map {
            ($0.name, $0.tensor.scalars(as: Float.self))
          })
      }
      let answering = values(model).filter { !model.routerNames.contains($0.key) }
      #expect(answering == values(first))
      let header = String(
        decoding: try FileBytes.read(directory.predictions("test")), as: UTF8.self
      ).prefix { $0 != "\n" }
      #expect(header.hasSuffix(",experts") && !header.contains("uncertainty"), "\(header)")
      #expect(try UncertaintyRecord.readIfPresent(directory.uncertainty("test")) == nil)
    }
  }
}
