// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/requestsettings.h"
#include "store/jsonfile.h"

#include <QDateTime>
#include <QJsonObject>

#include <vector>

namespace diptych {

struct PromptFile;

/// A prompt that is kept to be used again.
struct Prompt {
    QString id {}; ///< unique in its library
    QString name {};
    QString description {};
    /// With {{variables}}. Lines that say "system:", "user:" or "assistant:" begin a message; without any it is all the
    /// user's.
    QString text {};
    QString model {}; ///< that it was written for; may be empty
    QJsonObject values {}; ///< samples of its variables, as texts
    RequestSettings settings {}; ///< parameters that it was written with
    QDateTime changedAt {};
    bool operator==(const Prompt &) const = default;
};

/// With a fresh id; `fileName` gives the name where the file does not.
[[nodiscard]] Prompt promptFrom(const PromptFile &file, const QString &fileName);
/// The prompt's text as messages, variables and all.
[[nodiscard]] std::vector<Message> messagesOf(const Prompt &prompt);
/// True for names of files that hold prompts: .prompty, .prompt.yml, .prompt.yaml.
[[nodiscard]] bool isPromptFileName(const QString &fileName);
/// Reads such a file. Errors: Storage when it can not be read or is larger than 1 MB; those of parsePromptFile().
[[nodiscard]] Result<Prompt> readPromptFile(const QString &path);

/// The user's prompts in a JSON file that people may edit. Several windows may change it at once.
class PromptLibrary
{
public:
    explicit PromptLibrary(const QString &path);

    /// By name. Entries without an id or a text are left out. Errors: Storage; a damaged file is moved aside.
    [[nodiscard]] Result<std::vector<Prompt>> load() const;
    /// Adds the prompt, or replaces the one of the same id. Errors: Storage.
    [[nodiscard]] Result<void> put(const Prompt &prompt) const;
    /// Errors: Storage.
    [[nodiscard]] Result<void> remove(const QString &id) const;

private:
    JsonFile m_file;
};

} // namespace diptych
