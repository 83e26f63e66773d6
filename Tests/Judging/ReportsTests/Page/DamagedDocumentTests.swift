import Files
import Foundation
import Reports
import Runs
import TestSupport
import Testing

/// Documents in which one place was changed: what is read is drawn, and what cannot be drawn is refused.
@Suite struct DamagedDocumentTests {
  private static let part: [DamagedJSON.Step] = [
    .key("runs"), .index(0), .key("evaluations"), .index(0),
  ]

  /// What ended the program once: lists that are not as long as the classes, and counts that cannot be.
  @Test(
    arguments: [
      ([.key("runs")], .empty, "expected at least one"),
      (part + [.key("curves")], .longer, "curves of "),
      (part + [.key("metrics"), .key("class_intervals")], .empty, "class_intervals of "),
      (
        part + [.key("metrics"), .key("threshold_metrics"), .index(1), .key("net_benefit")],
        .shorter,
        "as many points of every class"
      ),
      (
        part + [.key("metrics"), .key("per_class"), .index(1), .key("predicted")], .zero,
        "as were said"
      ),
      (
        part + [.key("metrics"), .key("confusion_matrix"), .index(0), .index(0)], .negative,
        "a negative one"
      ),
      (
        part + [.key("decisions"), .key("assessment"), .key("before"), .key("ece_class")], .shorter,
        "ece_class of "
      ),
      (
        part + [.key("decisions"), .key("assessment"), .key("confusion"), .key("classes")], .zero,
        "confusion of "
      ),
    ] as [([DamagedJSON.Step], DamagedJSON.Change, String)])
  func whatDoesNotAgreeIsNamed(
    place: [DamagedJSON.Step], change: DamagedJSON.Change, words: String
  ) throws {
    let document = try #require(PageTests.documents["hostile"])
    let bytes = try JSONFile.encode(document)
    #expect(try ReportDocument.decode(bytes, name: "x.json") == document)
    let mutant = try #require(try DamagedJSON(bytes).changed(place, change))
    let error = #expect(throws: RunFileError.self) {
      try ReportDocument.decode(mutant, name: "x.json")
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func countsOfComparisonsAreCounts() throws {
    let bytes = try JSONFile.encode(try #require(PageTests.documents["two"]))
    let place: [DamagedJSON.Step] = [
      .key("comparisons"), .index(0), .key("comparison"), .key("per_class"), .index(0),
      .key("support"),
    ]
    let mutant = try #require(try DamagedJSON(bytes).changed(place, .negative))
    let error = #expect(throws: RunFileError.self) {
      try ReportDocument.decode(mutant, name: "x.json")
    }
    #expect(error?.description.contains("expected how many examples ") == true)
  }

  @Test(
    .enabled(if: Proofs.areAsked, Proofs.comment), arguments: ["2", "hostile", "nothing", "two"])
  func aDamagedDocumentIsRefusedOrDrawn(name: String) throws {
    let document = try #require(PageTests.documents[name])
    let bytes = try JSONFile.encode(document)
    #expect(try ReportDocument.decode(bytes, name: "x.json") == document)
    let damage = try DamagedJSON(bytes)
    var refused = 0
    for place in damage.places {
      for change in DamagedJSON.Change.allCases {
        guard let mutant = try damage.changed(place, change) else { continue }
        guard let read = try? ReportDocument.decode(mutant, name: "x.json")
        else {
          refused += 1
          continue
        }
        #expect(read.html().hasSuffix("</html>\n"), "\(place) \(change)")
      }
    }
    #expect(refused > 0)
  }
}

/// A JSON text of which one place at a time is changed.
struct DamagedJSON {
  enum Change: CaseIterable, Sendable {
    case null, empty, shorter, longer, zero, negative, huge, fraction, otherText
  }

  private let root: Any
  /// Where something can be changed.
  let places: [[Step]]

  enum Step: CustomStringConvertible, Sendable {
    case key(String), index(Int)
    var description: String {
      switch self {
      case .key(let key): "." + key
      case .index(let index): "[\(index)]"
      }
    }
  }

  init(_ bytes: [UInt8]) throws {
    root = try JSONSerialization.jsonObject(with: Data(bytes))
    places = Self.places(in: root)
  }

  /// The text with that change; nil where the change makes no sense there.
  func changed(_ place: [Step], _ change: Change) throws -> [UInt8]? {
    guard let other = Self.replaced(root, place[...], change) else { return nil }
    return Array(try JSONSerialization.data(withJSONObject: other, options: [.fragmentsAllowed]))
  }

  /// Every value; of lists of more than six the first and the last two alone.
  private static func places(in value: Any) -> [[Step]] {
    var found: [[Step]] = [[]]
    if let map = value as? [String: Any] {
      for key in map.keys.sorted() {
        found += places(in: map[key] ?? 0).map { [.key(key)] + $0 }
      }
    } else if let list = value as? [Any] {
      for index in list.indices where list.count <= 6 || index < 2 || index >= list.count - 2 {
        found += places(in: list[index]).map { [.index(index)] + $0 }
      }
    }
    return found
  }

  private static func replaced(_ value: Any, _ place: ArraySlice<Step>, _ change: Change) -> Any? {
    guard let step = place.first else { return replaced(value, change) }
    switch (step, value) {
    case (.key(let key), var map as [String: Any]):
      guard let old = map[key], let new = replaced(old, place.dropFirst(), change) else {
        return nil
      }
      map[key] = new
      return map
    case (.index(let index), var list as [Any]):
      guard let new = replaced(list[index], place.dropFirst(), change) else { return nil }
      list[index] = new
      return list
    default: return nil
    }
  }

  private static func replaced(_ value: Any, _ change: Change) -> Any? {
    switch (change, value) {
    case (.null, _): NSNull()
    case (.empty, is [Any]): [Any]()
    case (.empty, is [String: Any]): [String: Any]()
    case (.empty, is String): ""
    case (.shorter, let list as [Any]) where !list.isEmpty: Array(list.dropLast())
    case (.longer, let list as [Any]) where !list.isEmpty: list + [list[0]]
    case (.zero, is NSNumber): 0
    case (.negative, let number as NSNumber): -number.doubleValue - 1
    case (.huge, is NSNumber): 9_007_199_254_740_992
    case (.fraction, is NSNumber): 1e300
    case (.otherText, is String): "other"
    default: nil
    }
  }
}
