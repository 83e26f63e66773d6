import SteelyardCommand
import Testing

/// Files of options as editors, programmes and other people write them.
@Suite struct ConfigFormsTests {
  private func read(_ yaml: String) throws -> ResolvedOptions {
    try ConfigFileWords.options(yaml)
  }

  private func refusal(_ yaml: String) -> String { ConfigFileWords.refusal(yaml) }

  /// A byte order mark, line ends of other systems, comments, blank lines, a marker of the document: no difference.
  @Test(arguments: [
    "lr: 0.5\nepochs: 7\n", "\u{FEFF}lr: 0.5\nepochs: 7\n", "lr: 0.5\r\nepochs: 7\r\n",
    "\u{FEFF}lr: 0.5\r\nepochs: 7", "---\nlr: 0.5\nepochs: 7\n...\n",
    "# first\n\nlr: 0.5 # why\n\n\nepochs: 7",
    "{lr: 0.5, epochs: 7}", "{\"lr\": 0.5, \"epochs\": 7}", "lr:   0.5   \nepochs:\n  7\n",
    "epochs: 7\nlr: 5e-1\n",
    "lr: +0.5\nepochs: +7\n", "'lr': 0.5\n\"epochs\": 7\n",
  ])
  func waysToWriteTheSame(_ yaml: String) throws {
    let found = try read(yaml).values
    #expect(found.lr == 0.5 && found.epochs == 7)
    #expect(Set(found.givenNames) == ["lr", "epochs"])
  }

  /// Lines are counted as an editor counts them.
  @Test(arguments: [
    ("lr: 1\nepochs: ten\n", 2), ("lr: 1\r\nepochs: ten\r\n", 2),
    ("\u{FEFF}# a\n\nlr: 1\n\nepochs: ten", 5),
    ("---\nepochs: ten", 2), ("set:\n  alpha: 1\nepochs: ten", 3),
  ])
  func linesAreCounted(_ yaml: String, _ line: Int) {
    #expect(refusal(yaml) == "c.yaml:\(line): 'epochs' expected a whole number, got 'ten'")
  }

  @Test(arguments: ["", "\n\n", "# nothing", "---\n", "---\n# nothing\n", "\u{FEFF}", "\r\n"])
  func emptyFiles(_ yaml: String) throws {
    let found = try read(yaml)
    #expect(found.values == TrainOptions() && found.origins.isEmpty)
  }

  @Test(arguments: [
    ("text", "c.yaml:1: expected one 'option: value' per line at the top level"),
    ("3", "c.yaml:1: expected one 'option: value' per line at the top level"),
    ("[a, b]", "c.yaml:1: expected one 'option: value' per line at the top level"),
    ("1: 2", "c.yaml:1: unknown option '1'; see 'steelyard train --help'"),
    ("? [a]\n: b", "c.yaml:1: unknown option '?'; see 'steelyard train --help'"),
    ("LR: 1", "c.yaml:1: unknown option 'LR'; did you mean 'lr'?"),
    ("--lr: 1", "c.yaml:1: unknown option '--lr'; see 'steelyard train --help'"),
    ("lr: 1\nepoch: 3", "c.yaml:2: unknown option 'epoch'; did you mean 'epochs'?"),
    ("lr:", "c.yaml:1: 'lr' expected a number, got ''"),
    ("lr: ~", "c.yaml:1: 'lr' expected a number, got '~'"),
    ("lr: .nan", "c.yaml:1: 'lr' expected a number, got '.nan'"),
    ("lr: nan", "c.yaml:1: 'lr' expected a number, got 'nan'"),
    ("lr: .inf", "c.yaml:1: 'lr' expected a number, got '.inf'"),
    ("lr: inf", "c.yaml:1: 'lr' expected a number, got 'inf'"),
    ("lr: 1e400", "c.yaml:1: 'lr' expected a number, got '1e400'"),
    ("lr: '0.5'", "c.yaml:1: 'lr' expected a number, got '0.5'"),
    ("lr: 0,5", "c.yaml:1: 'lr' expected a number, got '0,5'"),
    ("epochs: 3.0", "c.yaml:1: 'epochs' expected a whole number, got '3.0'"),
    ("epochs: 1e1", "c.yaml:1: 'epochs' expected a whole number, got '1e1'"),
    ("epochs: 0x10", "c.yaml:1: 'epochs' expected a whole number, got '0x10'"),
    ("epochs: 1_000", "c.yaml:1: 'epochs' expected a whole number, got '1_000'"),
    (
      "epochs: 9223372036854775808",
      "c.yaml:1: 'epochs' expected a whole number, got '9223372036854775808'"
    ),
    ("epochs: true", "c.yaml:1: 'epochs' expected a whole number, got 'true'"),
    ("nesterov: 1", "c.yaml:1: 'nesterov' expected true or false, got '1'"),
    ("nesterov: yes please", "c.yaml:1: 'nesterov' expected true or false, got 'yes please'"),
    ("model: [a]", "c.yaml:1: 'model' expected a text, got a list of 1"),
    ("model: {a: b}", "c.yaml:1: 'model' expected a text, got a mapping of 1"),
    (
      "record: everything",
      "c.yaml:1: 'record' expected one of examples, collapse, all or null, got 'everything'"
    ),
  ])
  func whatIsSaid(_ yaml: String, _ words: String) { #expect(refusal(yaml) == words) }

  /// True and false as YAML 1.1 has them, in any capitals; in quotes they are texts.
  @Test func yesAndNo() throws {
    for word in ["true", "True", "TRUE", "yes", "YES", "on", "On"] {
      #expect(try read("model-ema: \(word)").values.modelEma, "\(word)")
    }
    for word in ["false", "False", "no", "NO", "off", "OFF"] {
      #expect(try !read("nesterov: \(word)").values.nesterov, "\(word)")
    }
    #expect(try read("drop-class: [yes, 'no', on]").values.dropClass == ["yes", "no", "on"])
  }

  /// None of an option that may have none; in quotes it is a name.
  @Test func nothingIsWrittenInFourWays() throws {
    for word in ["", "~", "null", "NULL", "Null"] {
      let found = try read("label-column: \(word)\nclip-grad: \(word)\n").values
      #expect(found.labelColumn == nil && found.clipGrad == nil, "'\(word)'")
      #expect(found.givenNames == ["label-column", "clip-grad"])
    }
    for word in ["~", "null", ""] {
      #expect(try read("label-column: '\(word)'").values.labelColumn == word, "'\(word)'")
    }
  }

  /// An anchor stands for what it names, wherever it is used; one that names nothing is an error.
  @Test func anchors() throws {
    let found = try read("drop-class: &x [a, b]\nlabel-columns: *x\n").values
    #expect(found.dropClass == ["a", "b"] && found.labelColumns.names == ["a", "b"])
    #expect(refusal("drop-class: [a, *y]").hasPrefix("c.yaml:1: not valid YAML: "))
  }

  /// A few lines may stand for billions of values; they are not counted one by one.
  @Test func repeatedAliasesAreRefusedAtOnce() {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in 1...12 {
      let of = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      lines.append("a\(level): &a\(level) [\(of)]")
    }
    #expect(
      refusal(lines.joined(separator: "\n"))
        == "c.yaml:1: not valid YAML: it comes to more than 10000 values; aliases may repeat too much"
    )
  }

  /// Many values are taken as long as there are no more than ten thousand.
  @Test func longListsAreTakenUpToALimit() throws {
    func list(_ count: Int) -> String {
      "drop-class: [" + (0..<count).map { "c\($0)" }.joined(separator: ", ") + "]"
    }
    #expect(try read(list(9_900)).values.dropClass.count == 9_900)
    #expect(refusal(list(10_001)).contains("it comes to more than 10000 values"))
  }

  /// Brackets within brackets, as a broken programme writes them, are an error and no crash.
  @Test func deepNesting() {
    let flow = "set: " + String(repeating: "[", count: 50_000)
    let block = (0..<3_000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    for text in [flow, block] {
      let found = refusal(text)
      #expect(found.contains(": not valid YAML: "), "\(found.prefix(200))")
    }
    let shallow = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(
      refusal("set: " + shallow)
        == "c.yaml:1: 'set' expected a mapping from names to values, got a list of 1")
  }

  @Test(arguments: [
    "lr: 1\n---\nlr: 2\n", "set:\n\talpha: 1\n", "lr: \"1", "lr: 1\n epochs: 2\n", "lr: @x", "%x\n",
  ])
  func notYAML(_ yaml: String) {
    let error = #expect(throws: OptionError.self) { try ConfigFile.parse(yaml, path: "c.yaml") }
    guard case .notYAML(let file, let line, let problem)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(file == "c.yaml" && line >= 1 && !problem.isEmpty)
  }

  /// Of a name that stands twice it is said which, also where another name follows.
  @Test func namesThatStandTwice() {
    #expect(
      refusal("lr: 1\nepochs: 2\nlr: 3\n").contains(
        "'lr' is given more than once; keep one of them"))
    #expect(
      refusal("set: {alpha: 1, alpha: 2}").contains(
        "'alpha' is given more than once; keep one of them"))
  }
}
