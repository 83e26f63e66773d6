import SteelyardCommand
import Testing

/// Values as they are typed or stand in a file: what is read, and what is no value.
@Suite struct TypedValuesTests {
  private func yaml(_ arguments: [String], _ option: String) throws -> String? {
    let found = try TrainCommand.options(from: ["x"] + arguments)
    return OptionTable.fields.first { $0.name == option }?.yaml(found.values)
  }

  private func refused(_ arguments: [String]) -> Bool {
    (try? TrainCommand.options(from: ["x"] + arguments)) == nil
  }

  @Test(
    arguments: [
      ("2h", 7200.0), ("90m", 5400), ("1h30m", 5400), ("45s", 45), ("0.5h", 1800), (" 1h 30m", nil),
      ("1h30m15s", 5415), ("", nil), ("2", nil), ("h", nil), ("2d", nil), ("0s", nil), ("-1h", nil),
      ("1.2.3h", nil), ("1H", nil),
    ] as [(String, Double?)]) func budgetsAreTimes(text: String, seconds: Double?)
  {
    #expect(Budget(text)?.seconds == seconds, "'\(text)'")
  }

  /// The name ends at the last sign, so that a class may have one in its own.
  @Test(
    arguments: [
      ("cat=0.9", "cat", 0.9), ("a=b=1", "a=b", 1), ("ü b=.5", "ü b", 0.5), ("a= 1", nil, 0),
      ("a=", nil, 0), ("=1", nil, 0), ("a", nil, 0), ("a=b", nil, 0), ("a=1e-2", "a", 0.01),
    ] as [(String, String?, Double)]) func levelsOfClasses(
      text: String, name: String?, level: Double
    )
  {
    let found = ClassLevel(argument: text)
    #expect(found?.name == name, "'\(text)'")
    if name != nil { #expect(found?.level == level) }
  }

  @Test func splitsAreThreeShares() throws {
    for (text, shares) in [
      ("80,10,10", "0.8,0.1,0.1"), ("0.6,0.4,0", "0.6,0.4,0"), (" 70 , 15 , 15 ", "0.7,0.15,0.15"),
      ("100,0,0", "1,0,0"),
    ] {
      #expect(try yaml(["--split", text], "split") == shares, "\(text)")
    }
    for text in [
      "0.5,0.5", "1,1,1", "0,0.5,0.5", "a,b,c", "0.5,0.25,0.25,0", "1.5,-0.25,-0.25", "",
    ] {
      #expect(refused(["--split", text]), "\(text)")
    }
  }

  @Test func bandsAreOneOrThree() throws {
    #expect(try yaml(["--bands", "4, 3,2"], "bands") == "4,3,2")
    #expect(try yaml(["--bands", "1"], "bands") == "1")
    for text in ["1,2", "0", "1,2,3,4", "a", "", "1,,2", "-1"] {
      #expect(refused(["--bands", text]), "\(text)")
    }
  }

  @Test func intensitiesRise() throws {
    #expect(try yaml(["--intensity", "0,4095"], "intensity") == "0,4095")
    #expect(
      try yaml(["--intensity", "-1000,400,but-uint16"], "intensity") == "-1000,400,but-uint16")
    for text in ["4095,0", "1,1", "0", "0,inf", "nan,1", "0,1,2", "-1e308,1e308", "but-uint16"] {
      #expect(refused(["--intensity", text]), "\(text)")
    }
  }

  @Test func hardNormalsAreAColumnOrAFile() throws {
    #expect(HardNormals(text: "hand=yes=1") == .column("hand", value: "yes=1"))
    #expect(HardNormals(text: "hands.txt") == .file("hands.txt"))
    // A path with a sign is said to be one.
    #expect(HardNormals(text: "./a=b.txt") == .file("./a=b.txt"))
    #expect(HardNormals(text: "/a=b") == .file("/a=b"))
    for text in ["", "=yes", "hand="] { #expect(HardNormals(text: text) == nil, "\(text)") }
  }

  @Test func aSettingHasANameAndAValue() throws {
    let found = try Setting(argument: " alpha = 0.2 ")
    #expect(found.name == "alpha" && found.value == "0.2")
    #expect(try Setting(argument: "a=b=c").value == "b=c")
    for text in ["alpha", "=1", ""] {
      #expect(throws: (any Error).self, "\(text)") { try Setting(argument: text) }
    }
  }

  @Test(arguments: [
    (["--threads", "0"], "threads"), (["--threads", "1025"], "threads"),
    (["--img-size", "7"], "img-size"), (["--workers", "0"], "workers"),
    (["--momentum", "1"], "momentum"), (["--weight-decay", "-1"], "weight-decay"),
    (["--smoothing", "1"], "smoothing"), (["--warmup-epochs", "-1"], "warmup-epochs"),
    (["--long-tail", "0.5"], "long-tail"), (["--clip-grad", "0"], "clip-grad"),
    (["--checkpoint-interval", "0"], "checkpoint-interval"), (["--lr", "nan"], "lr"),
  ]) func whatIsOutOfRangeNamesItsOption(_ arguments: [String], _ name: String) {
    let found = Entrance.objection(to: ["train", "x"] + arguments)
    #expect(found?.status == 64, "\(arguments)")
    #expect(found?.words.hasPrefix("\(name): expected ") == true, "\(found?.words ?? "nothing")")
  }
}
