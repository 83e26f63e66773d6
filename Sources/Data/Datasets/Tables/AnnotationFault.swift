/// What is wrong with an entry of a file of annotations; entries are called `annotations[17] (id 42)`.
public enum AnnotationFault: Sendable, Equatable {
  /// The entry is no JSON object.
  case notAnObject
  /// A member that must be there is missing, empty, or neither text nor number.
  case lacks(key: String)
  /// Another entry of the same list has the same id.
  case duplicateID(String, first: String)
  /// Another category has the same name.
  case duplicateName(String, first: String)
  /// A member names an entry that is not there.
  case unknownID(String, key: String, list: String)
  /// The annotation is panoptic.
  case segments

  /// What is wrong, and what to do.
  func reason(entry: String) -> String {
    switch self {
    case .notAnObject: "\(entry) is no JSON object; write it as {\"id\": …, …}"
    case .lacks(let key): "\(entry) has no '\(key)'; add it, or remove the entry"
    case .duplicateID(let id, let first):
      "\(entry) has the id \(id) of \(first); give each entry an id of its own"
    case .duplicateName(let name, let first):
      "\(entry) is called '\(name)' as \(first) is; give each category a name of its own, or their annotations one"
        + " category_id"
    case .unknownID(let id, let key, let list):
      "\(entry) has the \(key) \(id), and no entry of '\(list)' has this id; correct it, add that entry, or remove this"
        + " one"
    case .segments:
      "\(entry) has its categories in 'segments_info', as panoptic annotations do, which are not read; name the file of instances,"
        + " whose annotations have a 'category_id' each"
    }
  }
}
