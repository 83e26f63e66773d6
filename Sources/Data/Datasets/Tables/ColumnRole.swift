/// What a column of a table of images can mean.
///
/// A column has a role by its name, without regard to case, blanks, points, hyphens and underscores:
/// `Patient ID`, `patient_id` and `PatientID` are one name. Of several columns with names of one role
/// the one listed first is used, empty ones passed over.
public enum ColumnRole: String, Sendable, Codable, CaseIterable {
  /// The image file.
  case path
  /// The class.
  case label
  /// What must stay together when the data are split: a patient, a lesion, a slide.
  case group
  /// The part of the data.
  case split

  /// The names of the role, the best first.
  public var names: [String] {
    switch self {
    case .path:
      [
        "path", "file_name", "filepath", "image", "image_path", "image_file", "image_filename",
        "image_name", "image_id", "img", "img_path", "img_name", "img_id", "file", "files",
        "filepaths", "filenames", "fname", "isic_id", "id_code", "image_index", "url", "image_url",
        "uri", "id",
      ]
    case .label:
      [
        "label", "target", "class", "dx", "labels", "category", "diagnosis", "class_name",
        "label_name", "category_name", "class_label", "classification", "choice", "finding",
        "finding_labels", "disease", "species", "breed", "ground_truth", "y_true", "grade", "level",
        "targets", "classes", "categories", "benign_malignant", "class_id", "label_id",
        "category_id",
      ]
    case .group:
      [
        "group", "patient_id", "subject_id", "patient", "subject", "patient_no", "patient_nr",
        "patient_number", "patient_code", "patient_key", "mrn", "pid", "participant",
        "participant_id", "person", "person_id", "individual", "individual_id", "proband", "donor",
        "donor_id", "animal", "animal_id", "case_id", "case", "case_no", "lesion_id", "lesion",
        "slide_id", "slide", "wsi", "wsi_id", "smear", "smear_id", "specimen_id", "specimen",
        "study_id", "study", "study_instance_uid", "exam_id", "exam", "series_id",
        "series_instance_uid", "scan_id", "sequence_id", "seq_id", "video_id", "video", "scene_id",
        "scene", "group_id", "groups",
      ]
    case .split:
      [
        "split", "fold", "subset", "set", "partition", "phase", "data_split", "dataset_split",
        "split_name", "data_set", "dataset", "part", "usage", "train_test", "train_test_split",
        "train_val_test", "train_valid_test", "tvt",
      ]
    }
  }

  /// What messages call a column of the role.
  var noun: String { self == .path ? "image path" : rawValue }

  /// The positions of the columns with names of the role, the best first.
  func positions(in columns: [String]) -> [Int] {
    let folded = columns.map(Self.folded)
    return names.flatMap { name in
      let name = Self.folded(name)
      return folded.indices.filter { folded[$0] == name }
    }
  }

  /// `name` as names are compared: letters and digits, in lower case.
  static func folded(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
