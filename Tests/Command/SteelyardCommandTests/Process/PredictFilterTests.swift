import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// `predict --filter`, as a person asks for it.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct PredictFilterTests {
  /// 60 images of 8 × 8 pixels, with a bright top, a bright left side, both or none, and a table of them.
  private func draw(in folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/photos", withIntermediateDirectories: true)
    var (table, classes) = ("path,has_top,has_left\n", "path,kind,note\n")
    for number in 0..<60 {
      let (top, left) = (number % 2 == 0, number % 3 == 0)
      var pixels: [UInt8] = []
      for y in 0..<8 {
        for x in 0..<8 {
          let isBright = top && y < 3 || left && x < 3
          pixels += [UInt8](repeating: (isBright ? 190 : 20) + UInt8(number), count: 3)
        }
      }
      try AtomicFile.write(
        PNG.encode(Image(width: 8, height: 8, channels: 3, pixels: pixels)),
        to: "\(folder)/photos/\(number).png")
      table += "photos/\(number).png,\(top ? 1 : 0),\(left ? 1 : 0)\n"
      classes += "photos/\(number).png,kind\(number % 2),n\(number)\n"
    }
    try AtomicFile.write(table, to: folder + "/t.csv")
    try AtomicFile.write(classes, to: folder + "/c.csv")
    try AtomicFile.write("no image", to: folder + "/photos/bad.png")
  }

  private func train(_ more: [String], in folder: String) throws {
    let trained = try Programme.run(
      [
        "train", "t.csv", "--model", "resnet20", "--img-size", "8", "--epochs", "2", "-b", "16",
        "--augment", "none", "--output-dir", "runs", "--threads", "1",
      ] + more, in: folder)
    #expect(trained.status == 0, "\(trained.errors)")
  }

  private func column(_ name: String, _ path: String) throws -> [String] {
    var reader = try DelimitedReader(path: path)
    let place = try #require(reader.columns.firstIndex(of: name), "\(reader.columns)")
    var cells: [String] = []
    while let row = try reader.next() { cells.append(row.fields[place]) }
    return cells
  }

  @Test func imagesAreSortedByTheStoredThresholds() throws {
    try withTemporaryFolder { folder in
      try draw(in: folder)
      try train(["--label-columns", "has_*", "--experiment", "r"], in: folder)
      // What predict says of each is what sorts it.
      let said = try Programme.run(
        ["predict", "runs/r", "photos", "--on-bad-image", "skip", "--json"], in: folder)
      let listing = try JSONText.list(said.output)
      #expect(listing.count == 60)
      let labels = Dictionary(
        uniqueKeysWithValues: listing.map {
          ($0["path"] as? String ?? "", $0["labels"] as? [String] ?? [])
        })
      let free = labels.filter { $0.value.isEmpty }.keys.sorted()

      let sorted = try Programme.run(
        ["predict", "runs/r", "photos", "--filter", "kept", "--json"], in: folder)
      #expect(sorted.status == 0, "\(sorted.errors)")
      let kept = folder + "/kept"
      #expect(try column("path", kept + "/accepted.csv").sorted() == free)
      let rejected = try column("path", kept + "/rejected.csv")
      #expect(rejected.count == 61 - free.count && rejected.contains("photos/bad.png"))
      for (path, why) in zip(rejected, try column("rejected_for", kept + "/rejected.csv")) {
        #expect(why == (labels[path] ?? []).joined(separator: "|"), "\(path)")
      }
      let problems = try column("problem", kept + "/rejected.csv").filter { !$0.isEmpty }
      #expect(problems.count == 1 && problems[0].hasPrefix("cannot be read: "), "\(problems)")

      let summary = try JSONText.object(sorted.output)
      #expect(summary["images"] as? Int == 61 && summary["unreadable"] as? Int == 1)
      #expect(summary["accepted"] as? Int == free.count)
      #expect(summary["rejected"] as? Int == 61 - free.count)
      #expect(
        close(
          try #require(summary["set_score"] as? Double), 100 * Double(free.count) / 61,
          absolute: 1e-9))
      let rows = try #require(summary["labels"] as? [[String: Any]])
      #expect(rows.count == 2 && rows.allSatisfy { $0["rejects"] as? Bool == true })
      for row in rows {
        let name = try #require(row["label"] as? String)
        let count = labels.values.count { $0.contains(name) }
        #expect(row["said"] as? Int == count)
        #expect(
          close(
            try #require(row["set_score"] as? Double), 100 * (1 - Double(count + 1) / 61),
            absolute: 1e-9))
      }
      let stored = try JSONText.object(at: kept + "/filter.json")
      #expect(stored["set_score"] as? Double == summary["set_score"] as? Double)

      // One label alone, in words; the folder has files of a filter already.
      let again = [
        "predict", "runs/r", "photos", "--filter", "kept", "--filter-labels", "has_left",
      ]
      let refused = try Programme.run(again, in: folder)
      #expect(
        refused.status == 64
          && refused.errors.contains(
            "filter: kept/accepted.csv exists; replace it with --overwrite"),
        "\(refused.errors)")
      let left = try Programme.run(again + ["--overwrite"], in: folder)
      #expect(left.status == 0, "\(left.errors)")
      let withoutLeft = labels.filter { !$0.value.contains("has_left") }
      #expect(
        left.output.contains("accepted \(withoutLeft.count) of 61 images;"), "\(left.output)")
      #expect(left.output.contains("1 of which cannot be read"), "\(left.output)")

      // A floor above all keeps what can be read, and says of what a label rejects.
      let floor = try Programme.run(
        [
          "predict", "runs/r", "c.csv", "--label-column", "kind", "--filter", "all",
          "--class-floor", "30", "--json",
        ], in: folder)
      #expect(floor.status == 0, "\(floor.errors)")
      let all = try JSONText.object(floor.output)
      // Other batches may move a probability that is a threshold by its last bit.
      let despite = try #require(all["kept_for_class"] as? Int)
      #expect(all["accepted"] as? Int == 60 && abs(despite - (60 - free.count)) <= 5)
      #expect(try column("label", folder + "/all/accepted.csv").count { $0 == "kind1" } == 30)
      #expect(try column("note", folder + "/all/accepted.csv").contains("n59"))
      let given = (0..<60).map { "photos/\($0).png" }
      #expect(try column("path", folder + "/all/accepted.csv") == given)
      #expect(
        try column("accepted_despite", folder + "/all/accepted.csv").count { !$0.isEmpty }
          == despite)
    }
  }

  @Test func whatCannotFilterIsRefused() throws {
    try withTemporaryFolder { folder in
      try draw(in: folder)
      try train(["--label-columns", "has_*", "--experiment", "r"], in: folder)
      try AtomicFile.write(
        "path,label\n" + (0..<60).map { "photos/\($0).png,k\($0 % 2)\n" }.joined(),
        to: folder + "/t.csv")
      try train(["--experiment", "classes"], in: folder)
      let cases: [(arguments: [String], words: String)] = [
        (
          ["classes", "photos/1.png", "--filter", "f"],
          "filter: it goes by the labels of a model of several, and runs/classes says one class an image"
        ),
        (
          ["r", "photos/1.png", "--filter", "f", "--no-rule"],
          "filter: it follows the stored thresholds, which --no-rule leaves out"
        ),
        (
          ["r", "photos/1.png", "--filter", "f", "--on-bad-image", "skip"],
          "filter: what cannot be read is rejected and counts as a failure, so it is not left out"
        ),
        (
          ["r", "photos/1.png", "--filter", "f", "--filter-labels", "has_to"],
          "unknown label 'has_to'; did you mean 'has_top'?"
        ),
        (
          ["r", "photos/1.png", "--filter", "f", "--filter-labels", "has_top,"],
          "filter-labels: expected different labels, such as hand,text; got 'has_top,'"
        ),
        (
          ["r", "photos/1.png", "--filter", "f", "--class-floor", "2"],
          "class-floor: 'photos/1.png' has no class; give a table of the images with a column of classes"
        ),
        (
          ["r", "photos/1.png", "--filter-labels", "has_top"],
          "--filter-labels and --class-floor are about a filter: say where it is written with --filter FOLDER."
        ),
        (["r", "photos/bad.png", "--filter", "f"], "bad.png"),
      ]
      for (arguments, words) in cases {
        let refused = try Programme.run(
          ["predict", "runs/" + arguments[0]] + arguments.dropFirst(), in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/f"))
      let removed = try Programme.run(["decide", "runs/r", "--remove"], in: folder)
      #expect(removed.status == 0, "\(removed.errors)")
      let plain = try Programme.run(
        ["predict", "runs/r", "photos/1.png", "--filter", "f"], in: folder)
      #expect(
        plain.status != 0
          && plain.errors.contains(
            "filter: the model has no stored thresholds; steelyard decide runs/r chooses some on validation"
          ), "\(plain.errors)")
    }
  }
}
