import Datasets
import Foundation
import SteelyardCommand
import Testing

/// What is said of images that show the same picture, before and in training.
@Suite struct NearCopyTextTests {
  private typealias Image = (path: String, split: String?, label: String?)

  /// A report of pairs, as a run keeps it.
  private func report(_ pairs: [(Image, Image)]) throws -> NearCopyReport {
    func fields(_ image: Image) -> [String: String] {
      var fields = ["path": image.path]
      fields["split"] = image.split
      fields["label"] = image.label
      return fields
    }
    let all = pairs.map { pair in
      ["left": fields(pair.0), "right": fields(pair.1), "correlation": 0.995] as [String: Any]
    }
    let data = try JSONSerialization.data(withJSONObject: ["pairs": all])
    return try JSONDecoder().decode(NearCopyReport.self, from: data)
  }

  private let crossing = (
    (path: "a.png", split: "train", label: "x") as Image,
    (path: "b.png", split: "test", label: "y") as Image
  )
  private let contradicting = (
    (path: "c.png", split: "train", label: "x") as Image,
    (path: "d.png", split: "train", label: "y") as Image
  )
  private let plain = (
    (path: "e.png", split: "train", label: "x") as Image,
    (path: "f.png", split: "train", label: "x") as Image
  )

  private func without(_ image: Image) -> Image { (image.path, nil, image.label) }

  @Test func none() throws {
    let found = try report([])
    #expect(NearCopyText.summary(found) == "none")
    #expect(NearCopyText.lines(found, nil) == [] && NearCopyText.lines(found, .refuse) == [])
  }

  @Test func countsOfEachKind() throws {
    #expect(NearCopyText.summary(try report([plain])) == "1 pair")
    #expect(NearCopyText.summary(try report([plain, plain])) == "2 pairs")
    #expect(
      NearCopyText.summary(try report([crossing, contradicting, plain]))
        == "3 pairs, 1 in two parts, 2 with different labels")
    #expect(
      NearCopyText.summary(try report([(without(crossing.0), without(crossing.1))]))
        == "1 pair, 1 with different labels")
  }

  @Test func eachKindInItsPlace() throws {
    let head =
      "warning: near copies: 1 pair of images that show the same picture (saved again, resized or slightly cropped) in two"
      + " parts, which flatters the numbers;"
    let rest = [
      "near copy: a.png (train) ~ b.png (test)",
      "warning: near copies with different labels: 1 pair; decide which is right",
      "near copy: c.png (x) ~ d.png (y)", "near copies: 1 pair within one part",
    ]
    let found = try report([crossing, contradicting, plain])
    #expect(
      NearCopyText.lines(found, nil) == [head + " split again, or leave one of each pair out"]
        + rest)
    #expect(
      NearCopyText.lines(found, .group)
        == [
          head + " they stay there, for the split is that of the data; leave one of each pair out"
        ] + rest)
    for choice in [NearDuplicateChoice.keep, .refuse] {
      #expect(
        NearCopyText.lines(found, choice)
          == [
            head
              + " --near-duplicates group keeps them in one part where the split is drawn here, refuse stops"
          ] + rest)
    }
  }

  /// Where the data have no parts yet all pairs are shown, with their labels.
  @Test func beforeASplit() throws {
    let found = try report([
      (without(plain.0), without(plain.1)),
      ((path: "g.png", split: nil, label: nil), without(plain.0)),
    ])
    #expect(
      NearCopyText.lines(found, nil) == [
        "near copies: 2 pairs of images that show the same picture (saved again, resized or slightly cropped); train with"
          + " --near-duplicates group keeps each pair in one part",
        "near copy: e.png (x) ~ f.png (x)",
        "near copy: g.png (no label) ~ e.png (x)",
      ])
  }

  /// Twenty pairs are shown, and the number of the others is said.
  @Test(arguments: [20, 21, 1500]) func manyPairs(_ count: Int) throws {
    let lines = NearCopyText.lines(try report(Array(repeating: crossing, count: count)), nil)
    #expect(lines[0].contains(count == 1500 ? "1,500 pairs" : "\(count) pairs"))
    #expect(lines.count == 1 + 20 + (count > 20 ? 1 : 0))
    #expect(lines.last == (count > 20 ? "… and \(count - 20) more" : lines[1]))
  }
}
