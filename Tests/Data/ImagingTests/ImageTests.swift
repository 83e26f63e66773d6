import Imaging
import Testing

@Suite struct ImageTests {
  private struct Refusal: Error, Equatable {}

  @Test func writesOnce() {
    let image = Image(width: 2, height: 1, channels: 3) { pixels in
      for i in pixels.indices { pixels[i] = UInt8(i) }
    }
    #expect(image.pixels == [0, 1, 2, 3, 4, 5])
    #expect(image.size == ImageSize(width: 2, height: 1))
    #expect("\(image.size)" == "2×1")
  }

  @Test func passesErrorsOn() {
    #expect(throws: Refusal()) {
      try Image(width: 2, height: 1, channels: 3) { _ throws(Refusal) in throw Refusal() }
    }
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) {
      _ = Image(width: 2, height: 2, channels: 3, pixels: [1, 2])
    }
    await #expect(processExitsWith: .failure) {
      _ = Image(width: 1, height: 1, channels: 2, pixels: [1, 2])
    }
    await #expect(processExitsWith: .failure) { _ = ImageSize(0) }
  }
}
