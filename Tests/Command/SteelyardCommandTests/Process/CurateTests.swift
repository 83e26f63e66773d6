import Audit
import Curation
import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// `curate` as a person runs it.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct CurateTests {
  /// 80 tinted images of two patients, with features of four kinds, and a table that knows the class of a few.
  private func draw(into folder: String) throws {
    var source = RandomKey(seed: 2).source
    try FileManager.default.createDirectory(
      atPath: folder + "/images", withIntermediateDirectories: true)
    var table = "path,label,patient_id,site\n"
    var (features, ids): ([Float], [String]) = ([], [])
    for number in 0..<80 {
      let kind = number < 50 ? 0 : number < 70 ? 1 : number < 77 ? 2 : 3
      let pixels = (0..<8 * 8 * 3).map { _ in UInt8(50 * kind + source.below(50)) }
      let path = "images/\(number).png"
      try AtomicFile.write(
        PNG.encode(Image(width: 8, height: 8, channels: 3, pixels: pixels)), to: folder + "/" + path
      )
      table += "\(path),kind\(kind),p\(number % 2),site\(number % 4)\n"
      ids.append(path)
      features += (0..<16).map { ($0 == kind ? 9 : 0) + Float(source.normal()) }
    }
    try AtomicFile.write(table, to: folder + "/table.csv")
    let array = NpyArray(
      dtype: .float32, shape: [80, 16], bytes: features.withUnsafeBytes { Array($0) })
    try NpzWriter.write(
      [
        NpzPart("features", npy: array.encoded()), NpzPart("ids", npy: NpyText(ids).encoded()),
      ], to: folder + "/f.npz")
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  @Test func fromFeaturesToAnswersToATable() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let words = ["curate", "table.csv", "--features", "f.npz", "-o"]
      let result = try Programme.run(words + ["one"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let summary = try JSONFile.read(CurationSummary.self, from: folder + "/one/curation.json")
      #expect(summary.rows == 80 && summary.groups == 2)
      #expect(summary.classes.allSatisfy { $0.selected > 0 }, "\(summary)")
      let page = try text(folder + "/one/curation.html")
      #expect(page.ranges(of: "data:image/png;base64,").count == summary.selected)
      #expect(page.contains("id=\"plane-t\""))
      #expect(try text(folder + "/one/components.svg").hasPrefix("<svg xmlns"))
      // Same seed, same bytes.
      _ = try Programme.run(words + ["two", "--threads", "1"], in: folder)
      for name in ["curation.csv", "clusters.csv", "components.svg", "curation.html"] {
        let (one, two) = (try text(folder + "/one/" + name), try text(folder + "/two/" + name))
        #expect(one == two, "\(name)")
      }
      let again = try Programme.run(words + ["one"], in: folder)
      #expect(again.status == 64 && again.errors.contains("--overwrite"), "\(again.errors)")
      // What a person does.
      let table = try text(folder + "/one/curation.csv")
      let first = try #require(table.split(separator: "\n").first { $0.contains(",1,bin ") })
      let answered = first.dropLast(2) + ",no,"
      try AtomicFile.write(
        table.replacing(String(first), with: String(answered)), to: folder + "/one/curation.csv")
      let accepted = try Programme.run(
        ["curate", "--accept", "one/curation.csv", "-o", "chosen", "--json"], in: folder)
      #expect(accepted.status == 0, "\(accepted.errors)")
      #expect(accepted.output.contains("\"rejected\" : 1"), "\(accepted.output)")
      let lines = try text(folder + "/chosen/accepted.csv").split(separator: "\n")
      #expect(lines[0] == "path,label,group" && lines.count == summary.selected)
      let read = try Programme.run(
        ["inspect", "chosen/accepted.csv", "--image-root", ".", "--json"], in: folder)
      #expect(read.status == 0, "\(read.errors)")
    }
  }

  @Test func groupsPatientsAndQuotas() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let result = try Programme.run(
        [
          "curate", "table.csv", "--features", "f.npz", "--cluster-column", "site", "--per-patient",
          "6", "--rule", "quota", "--quota", "1", "--json",
        ], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let summary = try JSONFile.decode(
        CurationSummary.self, from: Array(result.output.utf8), name: "output")
      #expect(summary.groups == 4 && summary.selected == 12 && summary.passedOver > 0)
      let wrong = try Programme.run(
        ["curate", "table.csv", "--features", "f.npz", "--cluster-column", "sites"], in: folder)
      #expect(wrong.status == 2 && wrong.errors.contains("did you mean 'site'?"), "\(wrong.errors)")
      let bare = try Programme.run(["curate", "table.csv"], in: folder)
      #expect(bare.status == 64 && bare.errors.contains("steelyard embed"), "\(bare.errors)")
      let many = try Programme.run(
        ["curate", "table.csv", "--features", "f.npz", "--clusters", "60"], in: folder)
      #expect(
        many.status == 2 && many.errors.contains("60 clusters of group 'p0'"), "\(many.errors)")
    }
  }

  /// The part of each image goes out with a choice and in again with the answers.
  @Test func partsOfTheDataStay() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      func part(_ number: Int) -> String { ["train", "val", "test", "train"][number / 2 % 4] }
      let kinds = try text(folder + "/table.csv").split(separator: "\n").dropFirst()
      try AtomicFile.write(
        "path,label,patient_id,site,split\n"
          + kinds.enumerated().map { "\($1),\(part($0))\n" }.joined(), to: folder + "/parts.csv")
      try AtomicFile.write(
        "path,doubt\n" + (0..<80).map { "images/\($0).png,\($0)\n" }.joined(),
        to: folder + "/scores.csv")
      let score = ["--scores", "scores.csv", "--score-column", "doubt", "--class-floor", "2"]
      for (name, how, head) in [
        ("one", ["--features", "f.npz"], "path,given,split,group,patient,cluster,"),
        ("two", score, "path,given,split,score,hardness,selected,accept,label"),
      ] {
        let chosen = try Programme.run(["curate", "parts.csv", "-o", name] + how, in: folder)
        #expect(chosen.status == 0, "\(chosen.errors)")
        #expect(try text("\(folder)/\(name)/curation.csv").hasPrefix(head))
        let accepted = try Programme.run(
          ["curate", "--accept", "\(name)/curation.csv", "-o", "\(name)/chosen"], in: folder)
        #expect(accepted.status == 0, "\(accepted.errors)")
        let lines = try text("\(folder)/\(name)/chosen/accepted.csv").split(separator: "\n")
        #expect(lines[0].hasSuffix(",split") && lines.count > 10, "\(lines[0])")
        for line in lines.dropFirst() {
          let number = try #require(Int(line.dropFirst("images/".count).prefix { $0.isNumber }))
          #expect(line.hasSuffix(",\(part(number))"), "\(line)")
        }
      }
    }
  }

  @Test func aPartByAScore() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let scores = "path,doubt\n" + (0..<80).map { "images/\($0).png,\($0)\n" }.joined()
      try AtomicFile.write(scores, to: folder + "/scores.csv")
      let words = ["curate", "table.csv", "--scores", "scores.csv", "--score-column", "doubt"]
      let lost = try Programme.run(words + ["--within", "set"], in: folder)
      #expect(lost.status == 2 && lost.errors.contains("would lose 100 %"), "\(lost.errors)")
      let kept = try Programme.run(words + ["--class-floor", "2", "-o", "part"], in: folder)
      #expect(kept.status == 0, "\(kept.errors)")
      #expect(kept.errors.contains("--hard-is low"), "\(kept.errors)")
      let classes = try text(folder + "/part/classes.csv").split(separator: "\n")
      #expect(classes[0] == "class,before,kept,lost,kept_at_random,lost_at_random")
      #expect(classes.count == 5)
      let rows = try text(folder + "/part/curation.csv")
      // The easiest of its class is kept, the hardest is not.
      #expect(
        rows.contains("images/0.png,kind0,0.0,") && rows.contains("images/49.png,kind0,49.0,"))
      let first = rows.split(separator: "\n")[1].split(
        separator: ",", omittingEmptySubsequences: false)
      let last = rows.split(separator: "\n")[50].split(
        separator: ",", omittingEmptySubsequences: false)
      #expect(first[4] == "1" && last[4] == "0")
      let none = try Programme.run(
        ["curate", "table.csv", "--scores", "scores.csv", "--score-column", "dout"], in: folder)
      #expect(none.status == 2 && none.errors.contains("did you mean 'doubt'?"), "\(none.errors)")
    }
  }

  /// What would have no effect is refused by name, before anything is read.
  @Test func whatHasNoEffectIsRefused() throws {
    let score = ["x", "--scores", "s.csv", "--score-column", "el2n"]
    let cases: [(arguments: [String], words: String)] = [
      (score + ["--clusters", "7"], "--clusters: it is of a diverse set"),
      (score + ["--spread", "0"], "--spread: it is of a diverse set"),
      (score + ["--keep-copies"], "--keep-copies: it is of a diverse set"),
      (["x", "--end", "hard"], "--end: it is about a score"),
      (["x", "--within", "class"], "--within: it is about a score"),
      (["x", "--hard-is", "low"], "--hard-is: it is about a score"),
      (["x", "--draw", "cut"], "--draw: it is about a score"),
      (["x", "--class-floor", "0"], "--class-floor: it is about a score"),
      (["x", "--keep-copies", "--copy-distance", "0.1"], "contradict each other; give one"),
      (["--accept", "c.csv", "-o", "y", "--bins", "3"], "--bins: it does not go with --accept"),
      (["--accept", "c.csv", "-o", "y", "--seed", "1"], "--seed: it does not go with --accept"),
      (
        ["--accept", "c.csv", "-o", "y", "--image-root", "z"],
        "--image-root: it does not go with --accept"
      ),
    ]
    try withTemporaryFolder { folder in
      for (arguments, words) in cases {
        let ended = try Programme.run(["curate"] + arguments, in: folder)
        #expect(ended.status == 64 && ended.errors.contains(words), "\(ended.errors)")
      }
    }
  }

  /// A folder that cannot be made is told before the work, with the option that names another.
  @Test func aFolderThatCannotBeMade() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      try AtomicFile.write("a file\n", to: folder + "/taken")
      let ended = try Programme.run(
        ["curate", "table.csv", "--features", "f.npz", "-o", "taken/in"], in: folder)
      #expect(ended.status == 64, "\(ended.errors)")
      #expect(
        ended.errors.contains("cannot be written to")
          && ended.errors.contains("name another folder with --output"), "\(ended.errors)")
      #expect(!ended.errors.contains("took:"), "\(ended.errors)")
      try AtomicFile.write("path,selected,accept\na,1,\n", to: folder + "/curation.csv")
      let accepted = try Programme.run(
        ["curate", "--accept", "curation.csv", "-o", "taken/in"], in: folder)
      #expect(accepted.status == 64, "\(accepted.errors)")
      #expect(
        accepted.errors.contains("name another folder with --output"), "\(accepted.errors)")
    }
  }
}
