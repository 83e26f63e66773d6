public import Imaging

extension PixelReading {
  /// The reading with the scale of a data set, where none was stated and one is needed.
  ///
  /// - Parameter estimate: of the data set that the reading is for.
  public func scaled(by estimate: IntensityEstimate) -> PixelReading {
    guard scale == nil, !isPerImage else { return self }
    var reading = self
    reading.scale = estimate.scale
    return reading
  }
}

extension Survey {
  /// The images that could not be read for want of a scale: of types that the training part, which gives
  /// the scale, lacks.
  ///
  /// - Parameter dataset: what was surveyed, with the reading that it is trained with.
  public func scaleProblems(of dataset: Dataset) -> DataProblems {
    var problems = DataProblems()
    let reading = dataset.pixelReading
    guard reading.scale == nil, !reading.isPerImage else { return problems }
    for (example, facts) in zip(dataset.examples, facts) {
      guard facts.failure == nil, let type = facts.type, !type.hasRange else { continue }
      let error = ImageError.noScale(name: example.path, type: type)
      problems.add(
        .unreadable(DatasetError.reason(error, at: example.origin)), at: example.origin)
    }
    return problems
  }
}
