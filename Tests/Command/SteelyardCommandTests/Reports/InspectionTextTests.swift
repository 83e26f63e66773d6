import Datasets
import SteelyardCommand
import TestSupport
import Testing

@Suite struct InspectionTextTests {
  @Test func namesCountsDamageAndAdvice() throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 3, side: 12, most: 12, ratio: 2, testPerClass: 1)
      _ = try DemoFolder(folder).draw(set, threads: 1)
      let data = try Dataset.open(folder + "/images")
      let text = InspectionText.text(Inspection(data, Survey(data, threads: 1)))
      let lines = text.split(separator: "\n").map(String.init)
      #expect(lines[0] == "images: 78 images, 8 classes, class folders")
      #expect(lines[1] == "class     images  train  test")
      #expect(lines.contains { $0.hasPrefix("crescent       7      6     1  ██") })
      #expect(lines.contains { $0.hasPrefix("round         13     12     1  ██") })
      #expect(lines.contains("imbalance ratio     2.0"))
      #expect(lines.contains("size in pixels      12 × 12"))
      #expect(lines.contains("leakage             none"))
      #expect(lines.last?.hasPrefix("Mild imbalance (2.0:1)") == true, "\(text)")
    }
  }
}
