public import Losses

extension Stage {
  /// A stage without a step: an edit makes the head from the features of the training images.
  ///
  /// - Parameters:
  ///   - edit: what makes it.
  ///   - loss: how wrong the network is about each row, though no step is taken.
  public init(fitting edit: any NetworkEdit, _ loss: any Loss = CrossEntropy()) {
    self.init(Supervised(loss))
    opening = [edit]
    trains = .nothing
    chooses = .last
  }
}
