import Imaging
import Testing

@Suite struct PNGTests {
  @Test func comesBack() throws {
    let image = pattern(17, 9)
    #expect(try ImageFile.decode(PNG.encode(image), name: "") == image)
  }

  @Test func greyComesBackInThreeChannels() throws {
    let image = pattern(17, 9, channels: 1)
    let file = try PNG.encode(image)
    #expect(try ImageFile.header(of: file, name: "").channels == 1)
    let back = try ImageFile.decode(file, name: "")
    #expect(back.pixels == image.pixels.flatMap { [$0, $0, $0] })
  }

  @Test func sixteenBitsAreRoundedNotCut() throws {
    let samples: [UInt16] = [0, 128, 129, 257, 32767, 32768, 65406, 65407, 65535]
    let file = try PNG.encode(grey: samples, size: ImageSize(3))
    #expect(try ImageFile.header(of: file, name: "").bitsPerChannel == 16)
    let back = try ImageFile.decode(file, name: "")
    let levels = stride(from: 0, to: 27, by: 3).map { back.pixels[$0] }
    #expect(levels == [0, 0, 1, 1, 127, 128, 254, 255, 255])
  }

  @Test func wrongCount() async {
    await #expect(processExitsWith: .failure) {
      _ = try PNG.encode(grey: [1, 2], size: ImageSize(3))
    }
  }
}
