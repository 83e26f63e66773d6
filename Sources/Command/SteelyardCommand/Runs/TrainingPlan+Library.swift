import Plans
import Training

extension TrainingPlan {
  /// Refuses a method whose library is not there, before anything is written.
  ///
  /// - Throws: what ``Plans/NeedsLibrary`` says of it.
  func checkLibrary() throws {
    if let method = method as? any NeedsLibrary { try type(of: method).checkLibrary() }
  }
}
