extension Stage {
  /// A stage without a step: an edit makes the head from the features of the training images.
  ///
  /// - Parameter edit: what makes it.
  public init(fitting edit: any NetworkEdit) {
    self.init(Supervised())
    opening = [edit]
    trains = .nothing
    chooses = .last
  }
}
