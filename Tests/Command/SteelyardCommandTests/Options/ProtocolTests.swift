import SteelyardCommand
import Testing

/// `--protocol`: published settings under what is given.
@Suite struct ProtocolTests {
  private func options(_ arguments: [String]) throws -> ResolvedOptions {
    try TrainCommand.options(from: ["pics", "-q"] + arguments)
  }

  /// The settings on record of the authors' runs.
  @Test(arguments: [
    ("eyepacs", "cohen_kappa_quadratic", "0.9,0.1,0"), ("hyper-kvasir", "mcc", "0.8,0.2,0"),
  ])
  func setsWhatWasPublished(name: String, metric: String, split: String) throws {
    let found = try options(["--protocol", name])
    let wanted = [
      "model": "mobilenet_v2", "method": "balanced-mixup", "set": "{alpha: 0.1}", "img-size": "512",
      "batch-size": "8", "epochs": "30", "opt": "sgd", "lr": "0.01", "momentum": "0",
      "weight-decay": "0", "sched": "plateau", "decay-rate": "0.1", "patience-epochs": "2",
      "min-lr": "1e-05", "augment": "paper", "eval-metric": metric, "nesterov": "false",
    ]
    for field in OptionTable.fields {
      guard let value = wanted[field.name] else { continue }
      #expect(field.yaml(found.values) == value, "\(field.name): \(field.yaml(found.values))")
    }
    #expect(found.origin(of: "img-size").description == "protocol \(name)")
    #expect(found.origin(of: "set.alpha").description == "protocol \(name)")
    #expect(found.origin(of: "threads").description == "default" && found.overProtocol.isEmpty)
    #expect(
      TrainingProtocol(try #require(found.values.protocol)).notes()[0].contains("MICCAI 2021"))
  }

  @Test func whatIsGivenWinsAndThatIsSaid() throws {
    let found = try options(["--protocol", "eyepacs", "--lr", "0.5", "--batch-size", "8"])
    #expect(found.values.lr == 0.5 && found.values.batchSize == 8)
    #expect(
      found.origin(of: "lr").description == "flag, over 0.01 of protocol eyepacs")
    #expect(found.origin(of: "batch-size").description == "flag")
    #expect(
      found.overProtocol == ["  --lr 0.5 stands over 0.01 of the protocol eyepacs"])
    let other = try options(["--protocol", "eyepacs", "--method", "erm"])
    #expect(other.values.method == "erm" && other.values.set.isEmpty)
    let alpha = try options(["--protocol", "eyepacs", "--set", "alpha=0.3"])
    #expect(alpha.values.set == ["alpha": "0.3"] && alpha.values.imgSize == 512)
  }

  /// The defaults of LIFT's code; with another method they stay, and so does what is given.
  @Test func liftHasItsOwn() throws {
    let found = try options(["--protocol", "lift"])
    let wanted = [
      "model": "vit_base_patch16_clip_quickgelu_224", "method": "lift", "img-size": "224",
      "batch-size": "128", "epochs": "10", "opt": "sgd", "lr": "0.01", "momentum": "0.9",
      "nesterov": "false", "weight-decay": "0.0005", "sched": "cosine", "warmup-epochs": "0",
      "min-lr": "0", "augment": "resized-crop",
    ]
    var seen = 0
    for field in OptionTable.fields {
      guard let value = wanted[field.name] else { continue }
      seen += 1
      #expect(field.yaml(found.values) == value, "\(field.name): \(field.yaml(found.values))")
      #expect(found.origin(of: field.name).description == "protocol lift", "\(field.name)")
    }
    #expect(seen == wanted.count && found.values.set.isEmpty)
    #expect(found.origin(of: "eval-metric").description == "default")
    let preset = TrainingProtocol(try #require(found.values.protocol))
    #expect(preset.notes()[0].contains("ICML 2024") && preset.folds == nil)
    #expect(preset.notes(forComparison: true) == preset.notes())
    let other = try options(["--protocol", "lift", "--model", "vit_small_patch14_dinov2"])
    #expect(other.values.model == "vit_small_patch14_dinov2" && other.values.method == "lift")
    let set = try options(["--protocol", "lift", "--set", "tau=0"])
    #expect(set.values.set == ["tau": "0"] && set.values.weightDecay == 5e-4)
  }

  /// A run's own file, which has every option, is read as it was written.
  @Test func aWrittenFileIsReadBack() throws {
    let found = try options(["--protocol", "hyper-kvasir", "--epochs", "3"])
    let file = try ConfigFile.parse(ConfigText.yaml(of: found), path: "config.yaml")
    #expect(try ResolvedOptions(file: file).values == found.values)
  }
}
