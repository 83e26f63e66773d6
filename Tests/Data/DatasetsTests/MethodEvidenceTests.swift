import Datasets
import Foundation
import TestSupport
import Testing

/// What `inspect` recommends stands in `Results/`.
@Suite struct MethodEvidenceTests {
  @Test(arguments: MethodEvidence.table.indices) func valuesStandInTheirTable(_ place: Int) throws {
    let row = MethodEvidence.table[place]
    let file = Golden.root.appendingPathComponent("Results").appendingPathComponent(row.file)
    let text = try String(contentsOf: file, encoding: .utf8)
    var lines = text.split(separator: "\n").map(String.init)
    if !row.section.isEmpty {
      let start = try #require(lines.firstIndex { $0 == "**\(row.section)**" }, "\(row.section)")
      lines = Array(lines[(start + 1)...].prefix { !$0.hasPrefix("**") })
    }
    for (method, value) in [(row.method, row.value), ("erm", row.plain)] {
      let own = try #require(lines.first { $0.hasPrefix("| \(method) |") }, "\(method)")
      #expect(own.contains("| \(value) ±"), "\(own)")
    }
  }
}
