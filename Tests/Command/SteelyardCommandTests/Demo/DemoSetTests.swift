import Files
import Imaging
import SteelyardCommand
import Testing

@Suite struct DemoSetTests {
  private let few = DemoSet(seed: 7, side: 24, most: 10, ratio: 5, testPerClass: 2)

  private func digest(_ set: DemoSet) -> String {
    SHA256.hexadecimal(set.pictures.flatMap { set.draw($0).pixels })
  }

  @Test func countsFallExponentiallyToTheRatio() {
    #expect(
      CellKind.trainingCounts(most: 1300, ratio: 100) == [1300, 673, 349, 181, 94, 48, 25, 13])
    #expect(CellKind.trainingCounts(most: 9, ratio: 1) == Array(repeating: 9, count: 8))
  }

  @Test func fullSetHasTheSizeThatWasPromised() {
    let pictures = DemoSet(seed: 0).pictures
    #expect(pictures.count { $0.part == "train" } == 2683)
    #expect(pictures.count { $0.part == "test" } == 400)
    #expect(Set(pictures.map(\.path)).count == pictures.count)
    #expect(pictures.first?.path == "train/round/round-0001.png")
  }

  @Test func sameSeedDrawsTheSamePixels() {
    #expect(digest(few) == digest(few))
    var other = few
    other.seed = 8
    #expect(digest(few) != digest(other))
  }

  @Test func picturesDifferFromEachOther() {
    let pixels = few.pictures.map { few.draw($0).pixels }
    #expect(Set(pixels).count == pixels.count)
  }

  @Test func pictureDependsOnNothingButItself() {
    let last = few.pictures[few.pictures.count - 1]
    var more = few
    more.most = 50
    #expect(few.draw(last) == more.draw(last))
  }

  @Test func picturesUseTheRangeOfBytes() {
    for picture in few.pictures {
      let pixels = few.draw(picture).pixels
      let mean = pixels.reduce(0.0) { $0 + Double($1) } / Double(pixels.count)
      #expect((60...240).contains(mean), "\(picture.path): \(mean)")
      let spread = Double(pixels.max() ?? 0) - Double(pixels.min() ?? 0)
      #expect(spread > 40, "\(picture.path): \(spread)")
    }
  }
}
