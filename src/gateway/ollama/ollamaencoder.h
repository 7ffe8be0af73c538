// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answerencoder.h"

#include <QElapsedTimer>
#include <QMap>

namespace diptych {

/// The members that the lines of an answer share, and how long its parts took. The client's spelling of the model is
/// what every line names.
class OllamaLines
{
public:
    explicit OllamaLines(QString model);

    [[nodiscard]] const QString &model() const { return m_model; }
    /// The model is known and is being asked.
    void noteAsked() { m_asked = m_clock.nsecsElapsed(); }
    /// A piece of the answer has come; the prompt was read before the first.
    void notePiece();
    [[nodiscard]] QJsonObject line() const;
    /// The line that is `done`: reason, counts and times in nanoseconds.
    [[nodiscard]] QJsonObject lastLine(const QString &finishReason, const Usage &usage) const;

private:
    QString m_model;
    QElapsedTimer m_clock;
    qint64 m_asked = 0; ///< ns
    qint64 m_firstPiece = -1; ///< ns; -1: none yet
};

/// Where the text of an answer stands.
enum class OllamaForm {
    Chat, ///< in `message`
    Generate, ///< in `response`
};

/// A chat as NDJSON lines, or as one object. Tool calls come whole, before the last line; only the first choice is
/// written.
/// Source: Ollama docs/api.md, POST /api/chat and /api/generate.
class OllamaChatEncoder : public ChatEncoder
{
public:
    OllamaChatEncoder(OllamaForm form, const QString &model);

    void setModel(const QString &) override { m_lines.noteAsked(); } // the client's spelling stays
    void watch(const ChatDelta &) override { m_lines.notePiece(); }
    [[nodiscard]] QByteArray contentType() const override;
    [[nodiscard]] QByteArray encode(const ChatDelta &delta) override;
    [[nodiscard]] QByteArray finish(const ChatResponse &response) override;
    [[nodiscard]] QByteArray fail(const Error &error) override;
    [[nodiscard]] QByteArray whole(const ChatResponse &response) override;

private:
    void insertText(
        QJsonObject &line, const QString &text, const QString &thinking, const std::vector<ToolCall> &calls) const;

    OllamaForm m_form;
    OllamaLines m_lines;
    QMap<int, ToolCall> m_calls; ///< by index, as far as they have come
};

/// A completion in the form of /api/generate.
class OllamaCompletionEncoder : public CompletionEncoder
{
public:
    explicit OllamaCompletionEncoder(const QString &model);

    void setModel(const QString &) override { m_lines.noteAsked(); }
    void watch(const CompletionDelta &) override { m_lines.notePiece(); }
    [[nodiscard]] QByteArray contentType() const override;
    [[nodiscard]] QByteArray encode(const CompletionDelta &delta) override;
    [[nodiscard]] QByteArray finish(const CompletionResponse &response) override;
    [[nodiscard]] QByteArray fail(const Error &error) override;
    [[nodiscard]] QByteArray whole(const CompletionResponse &response) override;

private:
    OllamaLines m_lines;
};

/// The answer to a request that only loads or unloads the model.
[[nodiscard]] QJsonObject encodeOllamaLoad(OllamaForm form, const QString &model, bool isUnload);

} // namespace diptych
