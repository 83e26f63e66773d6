import Audit
import Imaging
import Reports
import TestSupport
import Testing

@Suite struct AuditPageTests {
  private func findings(hasStructure: Bool) throws -> LabelFindings {
    var (p, given): ([Double], [Int32]) = ([], [])
    for row in 0..<40 {
      let seen = hasStructure ? (row < 3 ? 1 - row % 2 : row % 2) : row / 2 % 2
      given.append(Int32(row % 2))
      p += seen == 0 ? [0.9, 0.1] : [0.1, 0.9]
    }
    return LabelFindings(
      try LabelAudit(ProbabilityRows(p, classes: 2), given: given),
      classes: ["<b>cat</b>", "dog"], paths: (0..<40).map { "\($0)<i>.png" }, rule: .predicted)
  }

  @Test func sheetsByClassWithPicturesAndNothingFromElsewhere() throws {
    let image = Image(width: 8, height: 8, channels: 3, pixels: [UInt8](repeating: 90, count: 192))
    let png = try PNG.encode(image)
    let page = AuditPage(try findings(hasStructure: true)) { $0 == "0<i>.png" ? png : nil }.html
    #expect(page.contains("3 of 40 labels to look at"))
    #expect(page.contains("&lt;b&gt;cat&lt;/b&gt;") && !page.contains("<b>cat"))
    #expect(page.ranges(of: "data:image/png;base64,").count == 1)
    #expect(page.contains("id=\"class-0\"") && page.contains("id=\"class-1\""))
    // The name of SVG's namespace is no address that anything is loaded from.
    let rest = page.replacing("http://www.w3.org/2000/svg", with: "")
    #expect(!rest.contains("http://") && !rest.contains("https://"))
    #expect(
      page == AuditPage(try findings(hasStructure: true)) { $0 == "0<i>.png" ? png : nil }.html)
  }

  @Test func withoutStructureThereIsNoList() throws {
    let page = AuditPage(try findings(hasStructure: false)) { _ in nil }.html
    #expect(page.contains("No structure") && !page.contains("class-0"))
  }
}
