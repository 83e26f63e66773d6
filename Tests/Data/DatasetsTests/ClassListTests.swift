import Datasets
import Files
import Testing

@Suite struct ClassListTests {
  @Test func orderIsThatOfTheBytes() throws {
    let classes = ClassList(["c2", "é", "c10", "B", "a", "B"])
    #expect(classes.names == ["B", "a", "c10", "c2", "é"])
    #expect(classes.index(of: "c2") == 3)
    #expect(classes.index(of: "none") == nil)
  }

  @Test func storedAsTheNamesAndCheckedWhenRead() throws {
    let bytes = try JSONFile.encodeLine(ClassList(["b", "a"]))
    #expect(String(decoding: bytes, as: UTF8.self) == "[\"a\",\"b\"]\n")
    #expect(try JSONFile.decode(ClassList.self, from: bytes, name: "c.json").names == ["a", "b"])
    #expect(
      throws: FileError.malformed(
        path: "c.json", reason: "expected distinct class names")
    ) { try JSONFile.decode(ClassList.self, from: Array("[\"b\",\"b\"]".utf8), name: "c.json") }
  }

  @Test func anotherOrderIsKeptAndReadBack() throws {
    let classes = ClassList(ordered: ["b", "a", "c"])
    #expect(classes.index(of: "a") == 1)
    let bytes = try JSONFile.encodeLine(classes)
    #expect(try JSONFile.decode(ClassList.self, from: bytes, name: "c.json") == classes)
  }
}
