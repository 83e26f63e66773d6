import Batches
import Imaging
import Inference
import SteelyardCommand
import Testing
import Training

/// `config.yaml` has what a run used, not what was left open.
@Suite struct SettledOptionsTests {
  private func settled(
    _ arguments: [String], file: String = ""
  ) throws -> ResolvedOptions {
    let given = try TrainCommand.options(from: ["x"] + arguments)
    return given.settled(by: try TrainingPlan(given.values))
  }

  @Test func whatWasOpenHasAValueAndSaysWhatWasAsked() throws {
    let options = try settled(["--device", "cpu"])
    #expect(options.values.imgSize == 224)
    #expect("\(options.origin(of: "img-size"))" == "default: null")
    #expect(options.values.amp != .auto)
    #expect("\(options.origin(of: "amp"))" == "default: auto")
    #expect("\(options.origin(of: "device"))" == "flag")
    #expect(options.values.threads != nil)
    #expect(
      options.values.set == ["alpha": "0.2", "blend": "batch", "partners": "balanced"])
    #expect("\(options.origin(of: "set.alpha"))" == "default")
    #expect("\(options.origin(of: "epochs"))" == "default")
  }

  /// A head that is fitted takes no steps, and says so of what is about them; a value that a file has as it is by default
  /// was asked for by nobody.
  @Test func whatAFitLeavesUnusedIsNamed() throws {
    let fitted = ["--method", "logistic"]
    #expect(try settled(fitted).unusedByFit == nil)
    #expect(try settled(fitted + ["--batch-size", "8", "--seed", "2"]).unusedByFit == nil)
    let one = "logistic is fitted to the features, and no step of gradient descent is made: "
    #expect(try settled(fitted + ["--lr", "0.1"]).unusedByFit == one + "--lr has no effect")
    #expect(
      try settled(fitted + ["--epochs", "5", "--opt", "adamw", "--lr", "0.1"]).unusedByFit
        == one + "--opt, --lr, --epochs have no effect")
    let file = try ConfigFile.parse("method: logistic\nlr: 0.01\nepochs: 7\n", path: "f.yaml")
    #expect(try ResolvedOptions(file: file).unusedByFit == one + "--epochs has no effect")
  }

  @Test func whatWasGivenStays() throws {
    let options = try settled(
      ["--amp", "on", "--img-size", "40", "--set", "alpha=0.3", "--threads", "1"])
    #expect(options.values.amp == .on)
    #expect("\(options.origin(of: "amp"))" == "flag")
    #expect(options.values.imgSize == 40)
    #expect(
      options.values.set == ["alpha": "0.3", "blend": "batch", "partners": "balanced"])
    #expect("\(options.origin(of: "set.alpha"))" == "flag")
  }

  @Test(arguments: AugmentationChoice.allCases)
  func whoAugmentsReachesThePlan(choice: AugmentationChoice) throws {
    let options = try settled(["--device", "cpu", "--augment-on", choice.rawValue])
    #expect(try TrainingPlan(options.values).augmentation == choice)
  }

  /// Weights to begin from see images as they did when they were published, unless it is said; a network that begins
  /// untrained has nothing to go by.
  @Test func imagesAreScaledAsTheWeightsSawThem() throws {
    func words(_ model: String, _ more: [String]) throws -> String {
      let options = try settled(
        ["--device", "cpu", "--model", model, "--method", "erm"] + more)
      let plan = try TrainingPlan(options.values)
      let found = try #require(plan.preprocessing.images)
      let parts = [
        options.values.preprocessing?.rawValue, found.interpolation?.rawValue,
        found.cropShare.map { "\($0)" },
      ]
      return parts.map { $0 ?? "nil" }.joined(separator: " ")
    }
    let (weights, crops) = (["--pretrained", "w.pth"], ["--augment", "resized-crop"])
    let (vit, plain) = ("vit_small_patch16_224", ["--preprocessing", "plain"])
    let found = [
      try words(vit, crops), try words(vit, weights + crops), try words(vit, weights),
      try words(vit, weights + crops + plain), try words("resnet18", weights + crops),
    ]
    #expect(
      found == [
        "plain nil nil", "own bicubic 0.9", "own bicubic nil", "plain nil nil", "own nil nil",
      ])
  }

  @Test func readingItBackSettlesNothingAnew() throws {
    let options = try settled(["--device", "cpu", "--method", "erm", "--smoothing", "0.1"])
    let text = ConfigText.yaml(of: options)
    let again = try ResolvedOptions(file: ConfigFile.parse(text, path: "config.yaml"))
    #expect(again.values == options.values)
    #expect(again.settled(by: try TrainingPlan(again.values)).values == options.values)
  }

  /// The hyper-parameters in a file are of the file's method.
  @Test func anotherMethodBeginsWithItsOwnHyperparameters() throws {
    let file = try ConfigFile.parse("method: mixup\nset: {alpha: 0.7}\n", path: "f.yaml")
    var flags = TrainOptions()
    flags.method = "erm"
    #expect(try ResolvedOptions(flags: flags, file: file).values.set == [:])
    flags.set = ["smoothing": "0.2"]
    #expect(try ResolvedOptions(flags: flags, file: file).values.set == ["smoothing": "0.2"])
    #expect(try ResolvedOptions(file: file).values.set == ["alpha": "0.7"])
  }
}
