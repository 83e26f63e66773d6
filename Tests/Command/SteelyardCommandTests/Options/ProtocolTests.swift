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

  /// A run's own file, which has every option, is read as it was written.
  @Test func aWrittenFileIsReadBack() throws {
    let found = try options(["--protocol", "hyper-kvasir", "--epochs", "3"])
    let file = try ConfigFile.parse(ConfigText.yaml(of: found), path: "config.yaml")
    #expect(try ResolvedOptions(file: file).values == found.values)
  }
}
