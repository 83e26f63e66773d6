package import Imaging
import Randomness

/// The demonstration set: which pictures there are, and how each is drawn. A picture depends on the
/// seed, its part, its class and its number, on nothing else.
package struct DemoSet: Codable, Equatable, Sendable {
  /// Seed of every picture.
  package var seed: UInt64
  /// Width and height of a picture in pixels.
  package var side: Int
  /// Training pictures of the most frequent class.
  package var most: Int
  /// How many times rarer the rarest class is.
  package var ratio: Double
  /// Test pictures of each class.
  package var testPerClass: Int

  package init(
    seed: UInt64, side: Int = 40, most: Int = 1300, ratio: Double = 100, testPerClass: Int = 50
  ) {
    (self.seed, self.side, self.most) = (seed, side, most)
    (self.ratio, self.testPerClass) = (ratio, testPerClass)
  }

  /// One picture to draw.
  package struct Picture: Equatable, Sendable {
    /// `train` or `test`.
    package var part: String
    package var kind: CellKind
    /// From 0 within part and class.
    package var number: Int

    /// Where it goes within the set's folder: `train/round/round-0001.png`.
    package var path: String {
      let digits = String(number + 1)
      let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      return "\(part)/\(kind.rawValue)/\(kind.rawValue)-\(padded).png"
    }
  }

  /// All pictures, training first, class by class.
  package var pictures: [Picture] {
    let training = zip(CellKind.allCases, CellKind.trainingCounts(most: most, ratio: ratio))
      .flatMap { kind, count in
        (0..<count).map { Picture(part: "train", kind: kind, number: $0) }
      }
    let test = CellKind.allCases.flatMap { kind in
      (0..<testPerClass).map { Picture(part: "test", kind: kind, number: $0) }
    }
    return training + test
  }

  /// Draws a picture.
  package func draw(_ picture: Picture) -> Image {
    var generator = RandomKey(seed: seed).folding("demo").folding(picture.part)
      .folding(picture.kind.rawValue).folding(picture.number).source
    let scene = Scene(of: picture.kind, using: &generator)
    return scene.image(side: side, using: &generator)
  }
}
