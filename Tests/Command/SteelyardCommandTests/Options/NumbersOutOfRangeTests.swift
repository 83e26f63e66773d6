import SteelyardCommand
import Testing

/// Every option that is a number, typed and in a file, with what is no number or beyond all limits.
@Suite struct NumbersOutOfRangeTests {
  /// Names of the options whose values are whole numbers, or any numbers.
  static let whole = names(["Int", "Optional<Int>"])
  static let real = names(["Double", "Optional<Double>"])

  private static func names(_ kinds: [String]) -> [String] {
    OptionTable.fields.filter { kind in kinds.contains("\(type(of: kind.standard))") }.map(\.name)
  }

  private func refusal(_ yaml: String) -> String? {
    do {
      _ = try ResolvedOptions(file: ConfigFile.parse(yaml, path: "c.yaml"))
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func thereAreSome() {
    #expect(Self.whole.count >= 15 && Self.real.count >= 15)
    #expect(Self.whole.contains("epochs") && Self.whole.contains("workers"))
    #expect(Self.real.contains("lr") && Self.real.contains("long-tail"))
  }

  @Test(arguments: whole) func wholeNumbers(_ name: String) {
    for value in [
      "x", "1.5", "1e3", "0x10", "1_000", "nan", "inf", "9223372036854775808", "٣", " 3", "3 ",
    ] {
      let found = Entrance.objection(to: ["train", "d", "--\(name)=\(value)"])
      #expect(found?.status == 64, "\(name) \(value)")
      #expect(found?.words.contains("--\(name)") == true, "\(name) \(value): \(found?.words ?? "")")
      #expect(refusal("\(name): '\(value)'") != nil, "\(name) \(value)")
    }
    for value in ["-1", "-9223372036854775808"] {
      let found = Entrance.objection(to: ["train", "d", "--\(name)", value])
      #expect(found?.status == 64, "\(name) \(value)")
      #expect(
        found?.words.hasPrefix("\(name): expected ") == true, "\(name): \(found?.words ?? "")")
      let said = refusal("\(name): \(value)") ?? "nothing"
      #expect(
        said.hasPrefix("\(name): expected ") && said.hasSuffix("got \(value) (from c.yaml:1)"),
        "\(said)")
    }
  }

  @Test(arguments: real) func realNumbers(_ name: String) {
    for value in ["x", "1,5", "1e", "٣", " 3"] {
      let found = Entrance.objection(to: ["train", "d", "--\(name)=\(value)"])
      #expect(found?.status == 64 && found?.words.contains("--\(name)") == true, "\(name) \(value)")
      #expect(refusal("\(name): '\(value)'") != nil, "\(name) \(value)")
    }
    for value in ["nan", "inf", "-inf", "1e400", "-1e400", "-1"] {
      let found = Entrance.objection(to: ["train", "d", "--\(name)", value])
      #expect(found?.status == 64, "\(name) \(value)")
      #expect(
        found?.words.hasPrefix("\(name): expected ") == true, "\(name): \(found?.words ?? "")")
      #expect(refusal("\(name): \(value)") != nil, "\(name) \(value)")
    }
  }

  /// What the help calls the default is a value that the option takes.
  @Test(arguments: whole + real) func theDefaultCanBeTyped(_ name: String) throws {
    let field = try #require(OptionTable.field(named: name))
    let text = field.yaml(.standard)
    guard text != "null" else { return }
    let found = try TrainCommand.options(from: ["d", "--\(name)", text])
    let isGiven = found.values.isGiven(field)
    #expect(field.yaml(found.values) == text && isGiven)
    #expect(found.origin(of: name) == .flag)
  }

  /// A flag that is given twice has the last value, and a flag without one is wrong.
  @Test(arguments: whole + real) func givenTwiceOrWithout(_ name: String) throws {
    #expect(Entrance.objection(to: ["train", "d", "--\(name)"])?.status == 64)
    let field = try #require(OptionTable.field(named: name))
    let text = field.yaml(.standard)
    guard text != "null" else { return }
    let found = try TrainCommand.options(from: ["--\(name)", text, "--\(name)=\(text)", "d"])
    #expect(field.yaml(found.values) == text)
  }
}
