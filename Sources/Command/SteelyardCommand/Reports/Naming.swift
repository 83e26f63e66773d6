/// `path: reason`, once: most reasons name the file themselves.
func naming(_ path: String, _ reason: String) -> String {
  reason.hasPrefix(path) ? reason : "\(path): \(reason)"
}
