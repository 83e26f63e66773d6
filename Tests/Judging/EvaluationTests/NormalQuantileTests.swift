import Evaluation
import TestSupport
import Testing

@Suite("Normal quantile")
struct NormalQuantileTests {
  @Test("equals scipy's from the far tail to the middle")
  func golden() throws {
    let golden: [[Double]] = try Golden.load("Evaluation/normal.json")
    for point in golden {
      #expect(close(normalQuantile(point[0]), point[1], relative: 1e-12, absolute: 1e-15))
    }
  }

  @Test("probabilities of 0 and 1 trap")
  func ends() async {
    await #expect(processExitsWith: .failure) { _ = normalQuantile(0) }
    await #expect(processExitsWith: .failure) { _ = normalQuantile(1) }
  }
}
