// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"
#include "core/result.h"

#include <QSize>
#include <QStringList>

#include <chrono>
#include <functional>

namespace diptych {

/// A file that goes with a prompt: a picture, a sound, or the text of a text file or PDF.
struct Attachment {
    enum class Kind { Picture, Sound, Text, Pdf };
    Kind kind = Kind::Text;
    QString name {}; ///< of the file, without its folder
    qint64 size = 0; ///< bytes of the file; of one found in a message, of what is sent
    ContentPart part {}; ///< what is sent; it carries the name
    QSize pixels {}; ///< of a picture; invalid: not known
    std::optional<std::chrono::milliseconds> length {}; ///< of a sound; unset: not known
    int pages = 0; ///< of a PDF; 0: not known
    int readPages = 0; ///< less than `pages` when the text was too long
    bool operator==(const Attachment &) const = default;
};

/// What is taken at most. Providers may take less, and say so themselves.
namespace attachmentlimits {
constexpr qint64 pictureBytes = 20'000'000;
constexpr qint64 picturePixels = 100'000'000;
constexpr qint64 soundBytes = 25'000'000;
constexpr qint64 textBytes = 2'000'000;
constexpr qint64 pdfBytes = 50'000'000;
constexpr qsizetype pdfCharacters = 1'000'000;
constexpr qint64 allBytes = 50'000'000; ///< of one prompt, as they are sent
constexpr int count = 20; ///< of one prompt
} // namespace attachmentlimits

/// The limits in a sentence, for people.
[[nodiscard]] QString attachmentLimitsText();
/// File patterns of what can be attached ("*.png"), for dialogs; other text files can be attached, too.
[[nodiscard]] QStringList attachmentPatterns();

/// Reads a file; not for the window's thread. `isStopped` is asked now and then.
/// Errors: InvalidRequest that names the file and says what to do (a folder, empty, too large, damaged, encrypted, of
/// another type than its name says, neither picture nor sound nor text); Storage when it can not be read; Cancelled.
[[nodiscard]] Result<Attachment> readAttachment(const QString &path, const std::function<bool()> &isStopped = {});
/// The same with what came without a file.
[[nodiscard]] Result<Attachment> attachmentFromBytes(
    const QString &name, const QByteArray &bytes, const std::function<bool()> &isStopped = {});

/// The attachment that a part of a message is; unset for typed text and for addresses.
[[nodiscard]] std::optional<Attachment> attachmentOf(const ContentPart &part);
[[nodiscard]] std::vector<Attachment> attachmentsOf(const Message &message);
/// What the user typed, without the texts of files.
[[nodiscard]] QString typedText(const Message &message);
/// A prompt: the attachments, then the text.
[[nodiscard]] Message promptWith(const std::vector<Attachment> &attachments, const QString &text);

/// The bytes of a picture or sound; the text of a file in UTF-8, without the lines that name the file.
[[nodiscard]] QByteArray contentOf(const Attachment &attachment);
/// Bytes of the attachment as it is sent, before the encoding of the wire.
[[nodiscard]] qint64 sentBytes(const Attachment &attachment);

} // namespace diptych
