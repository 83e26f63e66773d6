import Datasets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// One table in every form that it may have, and names of files of every kind.
@Suite struct FileFormsTests {
  private struct Row: Equatable {
    let path: String
    let label: String?
    let group: String?
    let attributes: [String: String]
  }

  private func rows(_ data: Dataset) -> [Row] {
    data.examples.map {
      Row(path: $0.path, label: $0.label, group: $0.group, attributes: $0.attributes)
    }
  }

  /// Separators, line ends, marks, quotes and JSON of the same four images.
  @Test func everyFormGivesTheSameExamples() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png", "c.png", "d.png"], in: folder)
      let header = ["path", "label", "patient", "age"]
      let cells = [
        ["a.png", "cat", "p1", "3"], ["b.png", "dog", "p1", "4"], ["c.png", "cat", "p2", ""],
        ["d.png", "dog", "p2", "10"],
      ]
      let table = [header] + cells
      func joined(_ mark: String, _ end: String, _ quote: String = "") -> String {
        table.map { row in row.map { quote + $0 + quote }.joined(separator: mark) + end }.joined()
      }
      let objects = cells.map { row in
        "{" + zip(header, row).map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
      }
      let forms: [(name: String, text: String)] = [
        ("t.csv", joined(",", "\n")), ("t.csv", joined(",", "\r\n")),
        ("t.csv", "\u{FEFF}" + joined(",", "\r\n")), ("t.csv", joined(";", "\n")),
        ("t.csv", joined("|", "\n")), ("t.csv", joined("\t", "\n")), ("t.tsv", joined("\t", "\n")),
        ("t.tab", joined("\t", "\r\n")), ("t.csv", joined(",", "\n", "\"")),
        ("t.csv", "sep=;\r\n" + joined(";", "\r\n")), ("t.csv", joined(", ", "\n", "\"")),
        ("t.csv", joined(",", "\n\n") + " \n"), ("t.csv", String(joined(",", "\n").dropLast())),
        ("t.txt", joined(",", "\n")), ("t.jsonl", objects.joined(separator: "\n")),
        ("t.jsonl", "\u{FEFF}" + objects.joined(separator: "\r\n\r\n") + "\r\n"),
        ("t.json", "[" + objects.joined(separator: ",\n") + "]\n"),
        ("t.json", objects.joined(separator: "\n")), ("t.ndjson", objects.joined(separator: "\n")),
      ]
      var first: [Row]?
      for (name, text) in forms {
        try Fixture.file("\(folder)/\(name)", text)
        let found = rows(try Dataset.open("\(folder)/\(name)"))
        #expect(found == first ?? found, "\(name): \(String(reflecting: text.prefix(40)))")
        first = first ?? found
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
      #expect(
        first?[2]
          == Row(path: "c.png", label: "cat", group: "p2", attributes: ["age": ""]))
      #expect(first?.count == 4)
    }
  }

  /// Names with blanks, line breaks, quotes, marks of every table and a percent sign.
  @Test func namesOfFilesMayBeAnything() throws {
    let names = [
      "a b.png", "c,d.png", "e;f.png", "g\"h.png", "i\nj.png", "k|l.png", "m%20n.png", "o'p.png",
      "é.png",
      "#q.png", "r.s.t.PNG", "-u.png", "[v].png",
    ]
    try withTemporaryFolder { folder in
      for (number, name) in names.enumerated() {
        try Fixture.file(
          folder + "/x y/" + (number % 2 == 0 ? "one" : "two words") + "/" + name,
          Fixture.png(UInt8(number)))
      }
      let data = try Dataset.open(folder + "/x y")
      #expect(data.examples.count == names.count)
      let wanted = names.enumerated().map { ($0 % 2 == 0 ? "one/" : "two words/") + $1 }
      #expect(Set(data.examples.map(\.path)) == Set(wanted))
      #expect(try data.trainingClasses().names == ["one", "two words"])
      // Written as a table and read again they are the same.
      let rows = [["path", "label"]] + data.examples.map { [$0.path, $0.label ?? ""] }
      try Fixture.file(folder + "/x y/t.csv", rows.map { DelimitedWriter.line($0) }.joined())
      let again = try Dataset.open(folder + "/x y/t.csv")
      #expect(again.examples.map(\.path) == data.examples.map(\.path))
      #expect(again.examples.map(\.source) == data.examples.map(\.source))
      for index in again.examples.indices {
        #expect(try again.image(at: index) == data.image(at: index))
      }
    }
  }

  /// A folder that is reached by a link has the images of the folder, and is called as the link.
  @Test func aLinkToAFolder() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["real/a/1.png", "real/b/2.png"], in: folder)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "real")
      let (real, link) = (try Dataset.open(folder + "/real"), try Dataset.open(folder + "/link/"))
      #expect(rows(real) == rows(link) && link.name == "link" && real.digest == link.digest)
    }
  }

  /// SHA-256 of path, label, group and split of each example, a zero byte behind each.
  @Test func theDigestByItsDefinition() {
    let data = Dataset(
      name: "x", layout: .manifest,
      examples: [
        Example(path: "a", source: .pixels(0), label: "é", split: .val, file: "t"),
        Example(path: "b c", source: .pixels(1), group: "g", file: "t"),
      ])
    #expect(
      data.digest == SHA256.hexadecimal(Array("a\0é\0\0val\0b c\0\0g\0\0".utf8)))
    var other = data
    other.examples[0].attributes = ["x": "y"]
    other.name = "z"
    #expect(other.digest == data.digest)
    other.examples[1].split = .test
    #expect(other.digest != data.digest)
  }

  // Lists of labels in JSON.

  private func labels(_ lines: [String], in folder: String) throws -> (
    names: [String]?, rows: [[Bool?]]
  ) {
    try Fixture.images(lines.indices.map { "\($0).png" }, in: folder)
    try Fixture.file(folder + "/t.jsonl", lines.joined(separator: "\n"))
    let data = try Dataset.open(folder + "/t.jsonl", labels: .several)
    return (data.labelNames, data.examples.compactMap(\.labels))
  }

  /// Labels with quotes, commas, backslashes and line breaks in them stay one label each.
  @Test func labelsInJSONStayWhole() throws {
    try withTemporaryFolder { folder in
      let found = try labels(
        [
          #"{"path": "0.png", "labels": ["a\", \"b", "c\\d"]}"#,
          #"{"path": "1.png", "labels": ["x\ny", "c\\d"]}"#,
          #"{"path": "2.png", "labels": []}"#, #"{"path": "3.png", "labels": ["a|b", "]"]}"#,
        ], in: folder)
      #expect(found.names == ["]", "a\", \"b", "a|b", "c\\d", "x\ny"])
      #expect(
        found.rows == [
          [false, true, false, true, false], [false, false, false, true, true],
          [false, false, false, false, false], [true, false, true, false, false],
        ])
    }
  }

  /// Lists of numbers, of one text, and null for none; an object is no list.
  @Test func otherValuesOfJSONAsLabels() throws {
    try withTemporaryFolder { folder in
      let found = try labels(
        [
          #"{"path": "0.png", "labels": [1, 2.5, true]}"#, #"{"path": "1.png", "labels": "1|x"}"#,
          #"{"path": "2.png", "labels": null}"#, #"{"path": "3.png"}"#,
        ], in: folder)
      #expect(found.names == ["1", "2.5", "true", "x"])
      #expect(
        found.rows.map { $0.map { $0 == true } } == [
          [true, true, true, false], [true, false, false, true], [false, false, false, false],
          [false, false, false, false],
        ])
      try Fixture.file(folder + "/t.jsonl", #"{"path": "0.png", "labels": [{"name": "a"}]}"#)
      #expect(
        Fixture.message(folder, "t.jsonl", labels: .several)
          == "DIR/t.jsonl:1: the labels '[{\"name\": \"a\"}]' are no list; write a|b, a;b or [\"a\", \"b\"], and nothing where"
          + " there is none")
    }
  }
}
