import ArgumentParser
import SteelyardCommand
import Testing

/// A declaration is all that an option needs.
@Suite struct FlagsTests {
  struct BoxOptions: Declarations {
    let box = Declaration(
      "box", positional: "box", default: String?.none, without: "a new one", help: "Which box.",
      isPath: true)
    let size = Declaration(
      "size", short: "s", aliases: ["length"], default: 3, range: .atLeast(1), help: "How large.",
      value: "cm")
    let lid = Declaration("lid", default: true, help: "With a lid.")
    let names = Declaration("name", default: [String](), help: "Names; repeatable.")
    let parts = Declaration("set", default: [String: String](), help: "Parts; repeatable.")
  }

  struct LargeOptions: Declarations {
    let size = BoxOptions().size.defaulting(to: "the last one's")
  }

  private func parsed(_ arguments: String...) throws -> Flags<BoxOptions> {
    try Flags<BoxOptions>.parse(arguments)
  }

  private func complaint(_ arguments: String...) -> String {
    do {
      _ = try Flags<BoxOptions>.parse(arguments)
      return "none"
    } catch {
      return Flags<BoxOptions>.message(for: error)
    }
  }

  @Test func everySpellingSetsTheValue() throws {
    for arguments in [["-s", "5"], ["--size", "5"], ["--length", "5"], ["--size=5"]] {
      let flags = try Flags<BoxOptions>.parse(arguments)
      #expect(flags.size == 5)
      #expect(flags.typed[BoxOptions().size] == 5)
    }
  }

  @Test func whatIsNotTypedIsNotThere() throws {
    let flags = try parsed()
    #expect(flags.size == nil && flags.lid == nil && flags.names == nil && flags.box == nil)
    #expect(flags.parts == nil)
    #expect(flags.typed[BoxOptions().size] == 3)
    #expect(flags.typed[BoxOptions().lid])
  }

  @Test func valuesOfEveryKindAreRead() throws {
    let flags = try parsed(
      "a/b", "--no-lid", "--name", "x", "--name", "y", "--set", "a=1", "--set", "a=2")
    #expect(flags.box == "a/b")
    #expect(flags.lid == false)
    #expect(flags.names == ["x", "y"])
    #expect(flags.parts == ["a": "2"])
    #expect(try parsed("--box", "c").box == "c")
    #expect(try parsed("c", "--box", "c").box == "c")
  }

  @Test func whatIsWrongIsSaid() {
    #expect(
      complaint("--size", "0")
        == "size: expected a whole number from 1 to 1000000000, got 0 (from flag)")
    #expect(complaint("--size", "-2").hasSuffix("got -2 (from flag)"))
    #expect(complaint("--size", "x") == "The value 'x' is invalid for '--size <cm>'")
    #expect(
      complaint("a b", "--box", "c d")
        == "The box was given twice: 'a b' and --box 'c d'. Keep one of them.")
    #expect(complaint("--siez", "2") == "Unknown option '--siez'. Did you mean '--size'?")
  }

  @Test func helpHasTheDefaultBeforeTheFullStop() {
    let help = Flags<BoxOptions>.helpMessage(columns: 80).drop { $0 != "\n" }.dropFirst(2)
    #expect(
      help == """
        ARGUMENTS:
          <box>                   Which box (default: a new one).

        OPTIONS:
          --box <box>             The same as <box>.
          -s, --size, --length <cm>
                                  How large (default: 3).
          --lid/--no-lid          With a lid (default: on).
          --name <name>           Names; repeatable.
          --set <set>             Parts; repeatable.
          -h, --help              Show help information.

        """)
    #expect(Flags<LargeOptions>.helpMessage().contains("How large (default: the last one's)."))
  }
}
