import Datasets
import SteelyardCommand
import Testing

@Suite struct ColumnListTests {
  private func resolved(_ arguments: String...) throws -> TrainOptions {
    try TrainCommand.options(from: arguments).values
  }

  @Test func namesStandBetweenCommas() throws {
    for arguments in [
      ["--label-columns", "MEL,NV,No Finding"],
      ["--label-columns", " MEL , NV,", "--label-columns", "No Finding"],
      ["--label-columns=MEL,NV,No Finding"],
    ] {
      let options = try TrainCommand.options(from: ["x"] + arguments).values
      #expect(options.columns == ColumnNames(labelColumns: ["MEL", "NV", "No Finding"]))
    }
  }

  @Test func aFileMayHaveAListToo() throws {
    for text in ["label-columns: MEL,NV", "label-columns: [MEL, NV]", "label-columns: ['MEL', NV]"]
    {
      let options = try ResolvedOptions(file: ConfigFile.parse(text, path: "c.yaml")).values
      #expect(options.labelColumns.names == ["MEL", "NV"])
    }
    let quoted = try ResolvedOptions(
      file: ConfigFile.parse("label-columns: ['a, b', c]", path: "c.yaml"))
    #expect(quoted.values.labelColumns.names == ["a, b", "c"])
    let again = try ResolvedOptions(
      file: ConfigFile.parse(ConfigText.yaml(of: quoted), path: "config.yaml"))
    #expect(again.values == quoted.values)
  }

  @Test func oneColumnAloneIsRefused() {
    let error = #expect(throws: OptionError.self) {
      try ResolvedOptions(file: ConfigFile.parse("label-columns: MEL", path: "c.yaml"))
    }
    #expect(
      error.map { "\($0)" }
        == "label-columns: expected at least two columns, one a class, got [MEL] (from c.yaml:1)")
  }

  /// The class stands in one column or in several: what is given last says it.
  @Test func aFlagReplacesTheOtherKindOfLabel() throws {
    let file = try ConfigFile.parse("label-column: dx\n", path: "c.yaml")
    var flags = TrainOptions()
    flags.labelColumns = ColumnList(["MEL", "NV"])
    let resolved = try ResolvedOptions(flags: flags, file: file)
    #expect(resolved.values.labelColumn == nil)
    #expect(resolved.values.columns == ColumnNames(labelColumns: ["MEL", "NV"]))
    #expect(resolved.origins.keys.sorted() == ["label-columns"])

    let other = try ConfigFile.parse("label-columns: [MEL, NV]\n", path: "c.yaml")
    var one = TrainOptions()
    one.labelColumn = "dx"
    #expect(try ResolvedOptions(flags: one, file: other).values.columns == ColumnNames(label: "dx"))
    // Nothing is replaced where nothing of the kind is given.
    #expect(try ResolvedOptions(file: other).values.labelColumns.names == ["MEL", "NV"])
  }

  @Test func everyColumnIsPassedOn() throws {
    let options = try resolved(
      "x", "--path-column", "p", "--label-column", "l", "--group-column", "g", "--split-column",
      "s",
      "--strict-columns")
    #expect(
      options.columns
        == ColumnNames(path: "p", label: "l", group: "g", split: "s", isStrict: true))
    #expect(try resolved("x").columns == ColumnNames())
  }
}
