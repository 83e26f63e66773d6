/// The version of Steelyard.
enum Version {
  static let current = "0.1.0"
}
