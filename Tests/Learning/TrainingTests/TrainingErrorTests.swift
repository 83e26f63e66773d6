import Testing
import Training

/// What is said of a run that stopped before its end.
@Suite("Words of a stopped run")
struct TrainingErrorTests {
  @Test(arguments: [
    (
      TrainingError.validation(epoch: 3, file: "a.png", lastGood: "last.safetensors"),
      "the network's answer to 'a.png' of the validation part became NaN or infinite after epoch 3; "
        + "the last good checkpoint is last.safetensors; try a smaller learning rate, or clip the "
        + "gradient"
    ),
    (
      .diverged(epoch: 1, step: 7, lastGood: nil),
      "the weights became NaN or infinite in epoch 1 by step 7; no checkpoint was made yet; try a "
        + "smaller learning rate, or clip the gradient"
    ),
    (
      .interrupted(run: "runs/a", epoch: 2, step: 5),
      "stopped in epoch 2 after step 5, and saved in runs/a"
    ),
    (.cannotLearn(what: "bias", reason: "there is none"), "tune bias: there is none"),
    (
      .unscaledFloat16,
      "training in float16 needs a loss that is scaled, so that small gradients do not become 0, and none is scaled "
        + "here; use bfloat16 or float32"
    ),
    (
      .singleValue(architecture: "mlp", size: nil),
      "mlp cannot learn from batches of one row: its batch normalisation gets a single value per "
        + "channel, which has no spread; use batches of two or more"
    ),
    (
      .singleValue(architecture: "resnet18", size: "8×8"),
      "resnet18 cannot learn from batches of one image of 8×8 pixels: its batch normalisation gets a "
        + "single value per channel, which has no spread; use batches of two or more, or larger images"
    ),
    (
      .noHiddenPlaces(method: "manifold", architecture: "vit"),
      "manifold mixes hidden features on their way through the network, and vit has no places for it; "
        + "choose a ResNet, ResNeXt or mlp"
    ),
  ])
  func saysWhatHappened(error: TrainingError, text: String) { #expect(error.description == text) }

  /// A batch is named file by file, up to sixteen of them.
  @Test(arguments: [1, 16, 17, 40])
  func namesTheBatch(count: Int) {
    let files = (0..<count).map { "f\($0)" }
    let text = TrainingError.notFinite(
      loss: "nan", epoch: 2, step: 9, files: files, lastGood: "last"
    ).description
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "the loss became nan in epoch 2 at step 9; the last good checkpoint is last; try a smaller "
        + "learning rate, or clip the gradient; the batch was:")
    #expect(Array(lines.dropFirst().prefix(16)) == files.prefix(16).map { "  " + $0 })
    #expect(lines.count == (count > 16 ? 18 : count + 1))
    if count > 16 { #expect(lines[17] == "  and \(count - 16) more") }
  }
}
