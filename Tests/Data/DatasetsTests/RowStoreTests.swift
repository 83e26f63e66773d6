import Datasets
import Files
import Testing

@Suite struct RowStoreTests {
  @Test func featuresAreRowsOfEqualWidth() {
    let store = RowStore(features: [1, 2, 3, 4, 5, 6], width: 3)
    #expect(store.kind == .features && store.count == 2 && store.width == 3)
    #expect(store.names == ["feature_0", "feature_1", "feature_2"])
    #expect(Array(store.values(1)) == [4, 5, 6])
    #expect(store.steps(of: 1) == 1)
    #expect(RowStore(features: [], width: 3).count == 0)
  }

  @Test func seriesStandChannelAfterChannelAndDifferInLength() {
    let store = RowStore(series: [1, 2, 10, 20, 3, 30], channels: 2, steps: [2, 1])
    #expect(store.kind == .series && store.count == 2 && store.width == 2)
    #expect(store.names == ["channel_0", "channel_1"])
    #expect(store.steps(of: 0) == 2 && store.steps(of: 1) == 1)
    #expect(Array(store.values(0)) == [1, 2, 10, 20])
    #expect(Array(store.values(1)) == [3, 30])
    #expect(store.bytes(1) == [0, 0, 0x40, 0x40, 0, 0, 0xF0, 0x41])
  }

  @Test func digestsAreThoseOfTheNumbersAndOfTheirForm() {
    let store = RowStore(features: [0, 1, -0.0, 1, 1, 0], width: 2)
    #expect(store.digest(0) == store.digest(1))
    #expect(store.digest(0) != store.digest(2))
    // The same four numbers as one channel or two, and as features.
    let one = RowStore(series: [1, 2, 3, 4], channels: 1, steps: [4])
    let two = RowStore(series: [1, 2, 3, 4], channels: 2, steps: [2])
    let features = RowStore(features: [1, 2, 3, 4], width: 4)
    #expect(Set([one.digest(0), two.digest(0), features.digest(0)]).count == 3)
    #expect(
      one.digest(0)
        == SHA256.hexadecimal(
          Array("series 1\n".utf8) + [
            0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40,
          ]))
  }

  @Test func rowsOfADataSetAreNoImages() throws {
    let rows = RowStore(features: [1, 2], width: 1)
    let examples = (0..<2).map { Example(path: "r\($0)", source: .row($0), file: "t.csv") }
    let data = Dataset(name: "d", layout: .features, examples: examples, rows: rows)
    #expect(data.inputKind == .features)
    #expect(try data.bytes(at: 1) == [0, 0, 0, 0x40])
    #expect(Dataset(name: "d", layout: .files, examples: []).inputKind == .images)
  }

  @Test func anImageOfARowStopsWithWords() async {
    await #expect(processExitsWith: .failure) {
      let data = Dataset(
        name: "d", layout: .features,
        examples: [Example(path: "r", source: .row(0), file: "t.csv")],
        rows: RowStore(features: [1], width: 1))
      _ = try data.image(at: 0)
    }
  }
}
