/// How alike two pictures are when one is laid on the other: the last word on a pair that the hash has
/// brought together.
package struct Likeness: Sendable, Equatable {
  /// `1 − r` with the correlation r of what both show, 0…2.
  package let distance: Float
  /// Whether brightness and contrast agree, as copies' do: deviations within 1 : 1.25, means within half
  /// of a deviation.
  package let hasSameBrightness: Bool

  /// A picture at the size that it is compared at.
  package struct Detail: Sendable {
    fileprivate let picture: GreyPicture
    fileprivate var isFine: Bool {
      picture.width == Likeness.side && picture.height == Likeness.side
    }

    /// - Parameter picture: any size; what is larger is brought down.
    package init(_ picture: GreyPicture) {
      guard min(picture.width, picture.height) >= Likeness.side else {
        self.picture = picture
        return
      }
      self.picture = GreyPicture(
        width: Likeness.side, height: Likeness.side,
        values: picture.averaged(side: Likeness.side), isInLevels: picture.isInLevels)
    }
  }

  private static let side = 64
  /// Least part of each side that both must show.
  private static let leastOverlap: Float = 0.85

  /// - Parameters:
  ///   - picture: one picture.
  ///   - target: the other.
  ///   - start: about which window of the target the picture shows.
  /// - Returns: nil when less than 85 % of a side of either lies on the other.
  init?(_ picture: Detail, in target: Detail, about start: ImageWindow) {
    var window = start
    if picture.isFine && target.isFine {
      window =
        Registration(
          of: picture.picture.values, in: target.picture.values, from: start, side: Self.side,
          steps: 4
        ).window
    }
    guard let columns = Overlap(window.columns), let rows = Overlap(window.rows) else { return nil }
    let own = picture.picture.averaged(
      ImageWindow(columns: columns.own, rows: rows.own), side: CosineHash.side)
    let other = target.picture.averaged(
      ImageWindow(columns: columns.other, rows: rows.other), side: CosineHash.side)
    distance = 1 - Registration.correlation(Registration.standardised(own), other)
    let (a, b) = (Moments(own), Moments(other))
    let widest = max(a.deviation, b.deviation)
    hasSameBrightness =
      widest <= 1.25 * min(a.deviation, b.deviation) && abs(a.mean - b.mean) <= widest / 2
  }

  /// The part of an axis that two pictures share, as fractions of each.
  private struct Overlap {
    let own: ClosedRange<Float>
    let other: ClosedRange<Float>

    /// - Parameter span: where the one lies on the other.
    init?(_ span: ClosedRange<Float>) {
      let length = span.upperBound - span.lowerBound
      let (low, high) = (max(0, span.lowerBound), min(1, span.upperBound))
      guard length > 0, high - low >= Likeness.leastOverlap,
        (high - low) / length >= Likeness.leastOverlap
      else { return nil }
      other = low...high
      own = max(0, (low - span.lowerBound) / length)...min(1, (high - span.lowerBound) / length)
    }
  }
}

/// A first guess at which window of a picture another one shows, good enough to tell pairs that are not
/// worth a closer look.
package struct LikenessGuess: Sendable, Equatable {
  /// `1 − r` of the thumbnails, 0…2.
  package let distance: Float
  private let window: ImageWindow

  /// - Parameters:
  ///   - picture: what may be a copy.
  ///   - target: what it may be a copy or a crop of.
  ///   - number: of the window of the target whose hash is nearest, into ``Fingerprint/windowHashes``.
  package init(_ picture: Fingerprint, in target: Fingerprint, window number: Int) {
    let fit = Registration(
      of: picture.thumbnail, in: target.thumbnail, from: CosineHash.windows[number],
      side: CosineHash.side, steps: 6)
    (distance, window) = (fit.distance, fit.window)
  }

  /// The closer look.
  package func likeness(_ picture: Likeness.Detail, in target: Likeness.Detail) -> Likeness? {
    Likeness(picture, in: target, about: window)
  }
}
