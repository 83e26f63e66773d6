import Evaluation
import TestSupport
import Testing

@Suite("Free-response ROC")
struct FROCTests {
  /// Two images, three lesions, the third never marked; the first marked twice.
  static let example = FROC(
    [
      Detection(image: 0, score: 0.9, lesion: 0), Detection(image: 0, score: 0.8, lesion: nil),
      Detection(image: 1, score: 0.7, lesion: 0), Detection(image: 1, score: 0.6, lesion: 1),
      Detection(image: 1, score: 0.6, lesion: nil), Detection(image: 0, score: 0.2, lesion: nil),
    ], images: 2, lesions: 3)

  @Test("by hand")
  func byHand() {
    #expect(Self.example.points.map(\.threshold) == [0.9, 0.8, 0.7, 0.6, 0.2])
    #expect(Self.example.points.map(\.falsePositivesPerImage) == [0, 0.5, 0.5, 1, 1.5])
    let third = 1.0 / 3
    #expect(
      Self.example.points.map(\.sensitivity) == [third, third, third, 2 * third, 2 * third])
    #expect(Self.example.sensitivity(atFalsePositivesPerImage: 0) == third)
    #expect(Self.example.sensitivity(atFalsePositivesPerImage: 0.99) == third)
    #expect(Self.example.sensitivity(atFalsePositivesPerImage: 1) == 2 * third)
    #expect(close(Self.example.score() ?? 0, (3 * third + 4 * 2 * third) / 7))
    #expect(Self.example.score(at: [0.5]) == third)
  }

  @Test("500 sets of detections equal brute force over all thresholds")
  func golden() throws {
    let golden: [[Double]] = try Golden.load("Evaluation/froc.json")
    #expect(golden.count == 500)
    for (index, expected) in golden.enumerated() {
      let number = index + 1
      var random = GoldenGenerator(state: UInt64(number))
      let (images, lesions, marks) = (1 + random.below(8), 1 + random.below(6), random.below(30))
      let detections = (0..<marks).map { _ in
        let image = random.below(images)
        let score = Double(random.below([3, 1000][number % 2])) / 1000
        let lesion = random.below(2 * lesions)
        return Detection(image: image, score: score, lesion: lesion < lesions ? lesion : nil)
      }
      let curve = FROC(detections, images: images, lesions: lesions)
      #expect(matches(curve.score(), expected[0]), "case \(number)")
      let points = curve.points.map { $0.sensitivity + 10 * $0.falsePositivesPerImage }
      #expect(matches(condensed(points), expected[1]), "case \(number)")
      let backwards = FROC(detections.reversed(), images: images, lesions: lesions)
      #expect(curve == backwards, "case \(number)")
    }
  }

  @Test("no lesion: undefined; no detection: nothing found")
  func limits() {
    let healthy = FROC([Detection(image: 0, score: 1, lesion: nil)], images: 1, lesions: 0)
    #expect(healthy.score() == nil)
    #expect(healthy.points.isEmpty)
    #expect(FROC([], images: 1, lesions: 2).score() == 0)
  }

  private func random(_ number: UInt64) -> ([Detection], images: Int, lesions: Int) {
    var random = GoldenGenerator(state: number)
    let (images, lesions) = (1 + random.below(8), 1 + random.below(6))
    let detections = (0..<random.below(30)).map { _ in
      let lesion = random.below(2 * lesions)
      return Detection(
        image: random.below(images), score: Double(random.below(20)),
        lesion: lesion < lesions ? lesion : nil)
    }
    return (detections, images, lesions)
  }

  @Test("the curve rises both ways; a higher rate never finds less")
  func rising() {
    for number in 1...100 as ClosedRange<UInt64> {
      let (detections, images, lesions) = random(number)
      let curve = FROC(detections, images: images, lesions: lesions)
      for (before, after) in zip(curve.points, curve.points.dropFirst()) {
        #expect(before.threshold > after.threshold)
        #expect(before.sensitivity <= after.sensitivity)
        #expect(before.falsePositivesPerImage <= after.falsePositivesPerImage)
      }
      let read = FROC.rates.compactMap(curve.sensitivity(atFalsePositivesPerImage:))
      #expect(read == read.sorted())
    }
  }

  @Test("a false mark never raises the score, one more hit never lowers it")
  func direction() {
    for number in 1...100 as ClosedRange<UInt64> {
      let (detections, images, lesions) = random(number)
      let score = FROC(detections, images: images, lesions: lesions).score() ?? 0
      let alarm = detections + [Detection(image: 0, score: 99, lesion: nil)]
      let hit = detections + [Detection(image: 0, score: 99, lesion: 0)]
      #expect((FROC(alarm, images: images, lesions: lesions).score() ?? 1) <= score)
      #expect((FROC(hit, images: images, lesions: lesions).score() ?? 0) >= score)
    }
  }

  @Test("indices out of range and NaN trap")
  func outOfRange() async {
    await #expect(processExitsWith: .failure) {
      _ = FROC([Detection(image: 1, score: 1, lesion: nil)], images: 1, lesions: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = FROC([Detection(image: 0, score: 1, lesion: 1)], images: 1, lesions: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = FROC([Detection(image: 0, score: .nan, lesion: 0)], images: 1, lesions: 1)
    }
    await #expect(processExitsWith: .failure) { _ = FROC([], images: 0, lesions: 1) }
    await #expect(processExitsWith: .failure) { _ = FROCTests.example.score(at: []) }
  }
}
