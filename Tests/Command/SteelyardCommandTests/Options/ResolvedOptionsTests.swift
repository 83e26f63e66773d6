import Files
import SteelyardCommand
import Testing

@Suite struct ResolvedOptionsTests {
  private func resolve(_ yaml: String, flags: (inout TrainOptions) -> Void = { _ in }) throws
    -> ResolvedOptions
  {
    var typed = TrainOptions()
    flags(&typed)
    return try ResolvedOptions(flags: typed, file: ConfigFile.parse(yaml, path: "run.yaml"))
  }

  private func message(_ yaml: String, flags: (inout TrainOptions) -> Void = { _ in }) -> String {
    do {
      _ = try resolve(yaml, flags: flags)
      return "nothing was thrown"
    } catch {
      return "\(error)"
    }
  }

  @Test func flagWinsOverFileOverDefault() throws {
    let resolved = try resolve("# a comment\nlr: 0.5\nepochs: 7\n") { $0.lr = 0.25 }
    #expect(resolved.values.lr == 0.25)
    #expect(resolved.values.epochs == 7)
    #expect(resolved.values.batchSize == TrainOptions.standard.batchSize)
    #expect(resolved.origin(of: "lr") == .flag)
    #expect(resolved.origin(of: "epochs") == .file("run.yaml", line: 3))
    #expect(resolved.origin(of: "batch-size") == .builtIn)
  }

  @Test func hyperparametersMergeByName() throws {
    let resolved = try resolve("set:\n  alpha: 0.1\n  beta: x\n") { $0.set = ["alpha": "0.3"] }
    #expect(resolved.values.set == ["alpha": "0.3", "beta": "x"])
    #expect(resolved.origin(of: "set.alpha") == .flag)
    #expect(resolved.origin(of: "set.beta") == .file("run.yaml", line: 3))
  }

  @Test func nullTurnsAnOptionOff() throws {
    #expect(try resolve("clip-grad: null").values.clipGrad == nil)
    #expect(try resolve("clip-grad: 1").values.clipGrad == 1)
  }

  @Test func listsAndSplitsRead() throws {
    let resolved = try resolve("drop-class: [a, 'b c']\nsplit: [80, 10, 10]\namp: on\n")
    #expect(resolved.values.dropClass == ["a", "b c"])
    #expect(resolved.values.split.yaml == "0.8,0.1,0.1")
    #expect(resolved.values.amp == .on)
  }

  @Test func emptyFileChangesNothing() throws {
    #expect(try resolve("").values == TrainOptions())
    #expect(try resolve("# only this\n").values == TrainOptions())
  }

  @Test func unknownKeyNamesLineAndNearest() {
    #expect(
      message("lr: 0.1\nbatch_size: 8\n")
        == "run.yaml:2: unknown option 'batch_size'; did you mean 'batch-size'?")
    #expect(
      message("zzzzqqqqxxxx: 8")
        == "run.yaml:1: unknown option 'zzzzqqqqxxxx'; see 'steelyard train --help'")
  }

  @Test func wrongTypeNamesLineAndExpectation() {
    #expect(
      message("\nepochs: ten") == "run.yaml:2: 'epochs' expected a whole number, got 'ten'")
    #expect(message("epochs: 2.5") == "run.yaml:1: 'epochs' expected a whole number, got '2.5'")
    #expect(message("lr: [1, 2]") == "run.yaml:1: 'lr' expected a number, got a list of 2")
    #expect(
      message("opt: adam") == "run.yaml:1: 'opt' expected one of sgd, adamw, muon, got 'adam'")
    #expect(
      message("nesterov: 'true'") == "run.yaml:1: 'nesterov' expected true or false, got 'true'")
    #expect(
      message("set: 3") == "run.yaml:1: 'set' expected a mapping from names to values, got '3'")
  }

  @Test func valueOutOfRangeNamesItsOrigin() {
    #expect(
      message("lr: -1") == "lr: expected a number above 0, got -1 (from run.yaml:1)")
    #expect(
      message("") { $0.batchSize = 0 }
        == "batch-size: expected a whole number from 1 to 1000000000, got 0 (from flag)")
  }

  @Test func flagsThatAreNoConfigurationAreRefused() {
    #expect(
      message("dry-run: true")
        == "run.yaml:1: 'dry-run' can only be given on the command line, as --dry-run")
  }

  @Test func malformedFilesAreRefused() {
    #expect(message("lr: [1").hasPrefix("run.yaml:2: not valid YAML: "))
    #expect(
      message("- a\n- b") == "run.yaml:1: expected one 'option: value' per line at the top level")
    #expect(
      message("lr: 1\nlr: 2")
        .hasSuffix("'lr' is given more than once; keep one of them"))
    #expect(
      throws: OptionError.unreadable(.missing(path: "/nowhere/run.yaml"))
    ) {
      try ConfigFile.read("/nowhere/run.yaml")
    }
  }
}
