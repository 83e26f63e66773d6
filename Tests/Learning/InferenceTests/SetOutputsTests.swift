import Batches
import Evaluation
import Files
import Inference
import Networks
import TestSupport
import Testing
import Torch

/// Features and every expert's logits of a set, and the files of them.
@Suite struct SetOutputsTests {
  private let model: SmallModel
  private let experts: Network
  private let numbers = [9, 4, 7, 1, 12, 3, 20]

  init() throws {
    model = try SmallModel()
    experts = try Architectures.named("resnet20").build(
      classes: 3, form: NetworkForm(branches: 2), using: Generator(seed: 3))
  }

  private func judged(
    _ network: Network, _ set: ExampleSet, batchSize: Int = 3,
    leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> (paths: [String], probabilities: [Double], outputs: SetOutputs) {
    let (predictions, outputs) = try model.predictor(batchSize: batchSize).predictionsAndOutputs(
      on: set, by: network, classes: SmallModel.classes, model.preprocessing,
      leavingOut: leavingOut)
    return (predictions.paths, predictions.probabilities, outputs)
  }

  /// The heads on the features give the logits, and their mean's softmax the probabilities.
  @Test func headsOnFeaturesGiveTheAnswer() throws {
    let found = try judged(experts, SmallModel.set(numbers))
    #expect(found.outputs.features.shape == [7, 128] && found.outputs.logits.shape == [7, 2, 3])
    let parts = (0..<2).map {
      found.outputs.features.narrowed(dim: 1, start: 64 * $0, length: 64)
    }
    let heads = withoutGradients { experts.logits(of: parts, Context()) }
    let logits = Tensor.stacked(heads, dim: 1)
    #expect(
      difference(
        found.outputs.logits.scalars(as: Double.self), logits.scalars(as: Double.self),
        absolute: 1e-5) == nil)
    let mean = logits.mean(dims: [1]).softmax(dim: 1).scalars(as: Double.self)
    #expect(difference(found.probabilities, mean, absolute: 1e-5) == nil)
    #expect(found.paths == numbers.map { "\($0).png" })
    let plain = try model.predictor(batchSize: 3).predictions(
      on: SmallModel.set(numbers), by: experts, classes: SmallModel.classes, model.preprocessing)
    #expect(plain.probabilities == found.probabilities)
  }

  @Test func rowsOfUnreadableImagesAreLeftOut() throws {
    var left: [String] = []
    let set = SmallModel.set(numbers, unreadable: [12, 9])
    let found = try judged(model.network, set) { left.append($0.path) }
    #expect(left == ["9.png", "12.png"] && found.outputs.logits.shape == [5, 1, 3])
    let kept = try judged(model.network, SmallModel.set([4, 7, 1, 3, 20]))
    #expect(found.paths == kept.paths)
    #expect(
      difference(
        found.outputs.features.scalars(as: Double.self),
        kept.outputs.features.scalars(as: Double.self), absolute: 1e-5) == nil)
  }

  @Test func filesHoldWhatWasSeen() throws {
    try withTemporaryFolder { folder in
      let found = try judged(experts, SmallModel.set(numbers))
      let plain = try judged(model.network, SmallModel.set([]))
      func write(_ name: String, _ outputs: SetOutputs, _ ids: [String]) throws -> String {
        let path = FilePath.join(folder, name)
        try FeatureFile(path).write(outputs, ids: ids, classes: SmallModel.classes)
        return path
      }
      let (features, logits) = (
        found.outputs.features.scalars(as: Float.self), found.outputs.logits.scalars(as: Float.self)
      )
      let zip = try write("a.npz", found.outputs, found.paths)
      let archive = try NpzArchive(path: zip)
      #expect(archive.names == ["features", "ids", "logits"])
      #expect(try archive.array("features").shape == [7, 128])
      #expect(try archive.array("features").floats == features)
      #expect(try archive.array("logits").shape == [7, 2, 3])
      #expect(try archive.array("logits").floats == logits)
      let ids = try NpyText(parsing: ZipArchive(path: zip).read("ids.npy"), name: "ids")
      #expect(ids.texts == found.paths)

      let single = try write("a.npy", found.outputs, found.paths)
      #expect(try NpyArray(parsing: FileBytes.read(single), name: "").floats == features)

      var table = try DelimitedReader(path: try write("a.csv", found.outputs, found.paths))
      #expect(table.columns.count == 1 + 128 + 6 && table.columns[128] == "feature_127")
      #expect(table.columns.suffix(2) == ["expert_1_logit_b", "expert_1_logit_c"])
      let row = try #require(try table.next()).fields
      #expect(row[0] == "9.png" && Float(row[3]) == features[2] && Float(row[134]) == logits[5])

      let empty = try write("none.npz", plain.outputs, [])
      #expect(try NpzArchive(path: empty).names == ["features", "ids"])
      #expect(try NpzArchive(path: empty).array("features").shape == [0, 64])
    }
  }

  @Test func anotherEndingIsRefused() {
    #expect(throws: FeatureFileError.unknownEnding("a.txt")) { try FeatureFile("a.txt") }
    #expect(
      FeatureFileError.unknownEnding("a.txt").description
        == "a.txt: expected a file of features that ends in .npz, .npy or .csv; give it one of these endings"
    )
  }
}
