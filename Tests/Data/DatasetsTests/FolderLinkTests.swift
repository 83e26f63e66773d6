import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Links to folders: followed, and never in a circle.
@Suite struct FolderLinkTests {
  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  @Test func linkedFoldersAreFollowed() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["set/cat/1.png", "elsewhere/2.png", "elsewhere/deep/3.png"], in: folder)
      try link(folder + "/set/dog", to: "../elsewhere")
      try link(folder + "/set/cat/more", to: folder + "/elsewhere/deep")
      let data = try Dataset.open(folder + "/set")
      #expect(
        data.examples.map(\.path)
          == ["cat/1.png", "cat/more/3.png", "dog/2.png", "dog/deep/3.png"])
    }
  }

  @Test(arguments: [
    ("a/up", "..", "a/up"), ("self", ".", "self"), ("a/b/top", "../..", "a/b/top"),
    ("a/own", ".", "a/own"), ("a/b/above", "../../..", "a/b/above/set"),
  ]) func aCircleIsRefusedByName(link name: String, target: String, named: String) throws {
    try withTemporaryFolder { folder in
      let set = folder + "/set"
      try Fixture.images(["a/1.png", "a/b/2.png", "c/3.png"], in: set)
      try link(set + "/" + name, to: target)
      // A second one doubles the ways at each turn.
      try link(set + "/c/again", to: "..")
      for path in [set, set + "/"] {
        #expect(
          Fixture.message(folder, String(path.dropFirst(folder.count + 1))).contains(
            "is a link to a folder that holds it, so that its images would be counted without end;"
              + " remove the link"))
      }
      try FileManager.default.removeItem(atPath: set + "/c/again")
      #expect(
        Fixture.message(folder, "set").hasPrefix(
          "DIR/set/\(named): is a link to a folder that holds it"))
      // What is looked for by name is looked for once.
      try Fixture.file(set + "/t.csv", "path,label\n1.png,x\n2.png,y\n3.png,x\n")
      let data = try Dataset.open(set + "/t.csv")
      #expect(data.examples.count == 3)
    }
  }

  @Test func foldersMayNestTo64() throws {
    try withTemporaryFolder { folder in
      let deep = (0..<62).map { _ in "d" }.joined(separator: "/")
      try Fixture.images(["a/\(deep)/1.png", "b/2.png"], in: folder)
      #expect(try Dataset.open(folder).examples.count == 2)
      try Fixture.images(["a/\(deep)/d/d/3.png"], in: folder)
      #expect(Fixture.message(folder).hasSuffix("folders nest deeper than 64; move the images up"))
    }
  }
}
