extension StoredImage {
  /// Finite colour samples, evenly spread over the image: all of them where there are no more than
  /// `count`, else every k-th. The same image gives the same sample. Its shape is `[M]`, M at most
  /// `count`; it is empty where no band is picked.
  ///
  /// - Parameters:
  ///   - count: at most so many, at least 1.
  ///   - reading: which bands are looked at.
  public func sample(atMost count: Int, _ reading: PixelReading) -> [Double] {
    guard let bands = picked(reading).map({ Array(Set($0)).sorted() }) else { return [] }
    return doing(EvenSample(stride: self.bands, bands: bands, limit: max(1, count)))
  }
}

private struct EvenSample: SampleWork {
  let stride: Int
  let bands: [Int]
  let limit: Int

  func callAsFunction<Sample: StoredSample>(_ samples: UnsafeBufferPointer<Sample>) -> [Double] {
    let all = samples.count / stride * bands.count
    let taken = min(all, limit)
    var values: [Double] = []
    values.reserveCapacity(taken)
    for i in 0..<taken {
      // Multiplied in full width: an image of 256 million pixels times a limit may pass 2⁶³.
      let (high, low) = all.multipliedFullWidth(by: i)
      let place = taken.dividingFullWidth((high, low)).quotient
      let value = samples[place / bands.count * stride + bands[place % bands.count]].real
      if value.isFinite { values.append(value) }
    }
    return values
  }
}
