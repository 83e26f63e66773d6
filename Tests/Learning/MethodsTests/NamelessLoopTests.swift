import Foundation
import Methods
import Plans
import TestSupport
import Testing

/// The loop that all methods share names none of them: neither by type, nor by name, nor as a case of an enumeration.
@Suite struct NamelessLoopTests {
  /// What methods are called in `text`: words of code and comments, and names with hyphens.
  private func named(in text: String) -> Set<String> {
    let words = Set(text.matches(of: /[A-Za-z_][A-Za-z0-9_]*/).map { String($0.output) })
    return Set(
      catalogue.compactMap { kind in
        let parts = kind.name.split(separator: "-").map(String.init)
        let camel = parts[0] + parts.dropFirst().map(\.capitalized).joined()
        let isNamed =
          words.contains("\(kind)") || words.contains(camel)
          || parts.count > 1 && text.contains(kind.name)
        return isNamed ? kind.name : nil
      })
  }

  private func sources(of layer: String) throws -> [(path: String, text: String)] {
    let folder = Golden.root.appendingPathComponent("Sources/Learning/\(layer)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }
    return try paths.map {
      ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
    }
  }

  @Test(arguments: ["Training", "Sessions"])
  func noFileNamesAMethod(layer: String) throws {
    let files = try sources(of: layer)
    #expect(files.count > 10)
    for file in files {
      let found = named(in: file.text)
      #expect(found.isEmpty, "\(file.path) names \(found.sorted())")
    }
  }

  /// The search finds every method where they are.
  @Test func theSearchFindsThemAll() throws {
    let text = try sources(of: "Methods").map(\.text).joined()
    #expect(named(in: text).count == catalogue.count)
    #expect(named(in: "case balancedMixup") == ["balanced-mixup"])
    #expect(named(in: "\"cb-loss\"") == ["cb-loss"])
  }
}
