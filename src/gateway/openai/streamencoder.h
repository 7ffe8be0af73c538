// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answerencoder.h"

#include <QJsonObject>
#include <QMap>
#include <QSet>

#include <vector>

namespace diptych {

/// How the pieces of a stream are written.
struct StreamOptions {
    Surface surface = Surface::Azure;
    bool includeUsage = false; ///< OpenAI: one more chunk with the counts and without choices
    QString model {}; ///< stands in when the provider does not name it
};

/// Puts the members that all chunks of a stream share around the pieces, and the usage where the surface has it: on the
/// last chunk of the last choice (Azure), or on a chunk of its own when asked for (OpenAI). To that end the chunk that
/// ends a choice is kept back until the next piece or the end. Pure.
/// Source: Azure AI Model Inference API 1.7; OpenAI v1 streaming.
class ChunkWriter
{
public:
    ChunkWriter(StreamOptions options, QString object, QLatin1String idPrefix);

    /// What the client called the model; stands in when the provider does not name it.
    void setModel(const QString &model) { m_options.model = model; }
    /// What the provider said about the response; the first value counts.
    void identify(const QString &id, const QString &model, qint64 created);
    /// Adds a chunk with one choice and returns the chunks that can be sent now.
    [[nodiscard]] std::vector<QByteArray> add(const QJsonObject &choice, bool endsChoice);
    /// The chunks that remain, `[DONE]` included.
    [[nodiscard]] std::vector<QByteArray> finish(const Usage &usage);
    /// The chunk that was kept back, when the stream ends in an error.
    [[nodiscard]] std::vector<QByteArray> flush();

private:
    [[nodiscard]] QJsonObject chunk(const QJsonArray &choices);

    StreamOptions m_options;
    QString m_object;
    QLatin1String m_idPrefix;
    QString m_id;
    QString m_model;
    qint64 m_created = 0;
    QJsonObject m_held;
};

/// A chat as `chat.completion.chunk` objects, or as one `chat.completion`.
class OpenAiChatEncoder : public ChatEncoder
{
public:
    explicit OpenAiChatEncoder(const StreamOptions &options);

    void setModel(const QString &model) override { m_writer.setModel(model); }
    [[nodiscard]] QByteArray contentType() const override;
    [[nodiscard]] QByteArray encode(const ChatDelta &delta) override;
    [[nodiscard]] QByteArray finish(const ChatResponse &response) override;
    [[nodiscard]] QByteArray fail(const Error &error) override;
    [[nodiscard]] QByteArray whole(const ChatResponse &response) override;

private:
    Surface m_surface;
    ChunkWriter m_writer;
    QSet<int> m_begun; ///< choices whose role was sent
};

/// A completion as streamed `text_completion` objects, or as one.
class OpenAiCompletionEncoder : public CompletionEncoder
{
public:
    explicit OpenAiCompletionEncoder(const StreamOptions &options);

    void setModel(const QString &model) override { m_writer.setModel(model); }
    [[nodiscard]] QByteArray contentType() const override;
    [[nodiscard]] QByteArray encode(const CompletionDelta &delta) override;
    [[nodiscard]] QByteArray finish(const CompletionResponse &response) override;
    [[nodiscard]] QByteArray fail(const Error &error) override;
    [[nodiscard]] QByteArray whole(const CompletionResponse &response) override;

private:
    Surface m_surface;
    ChunkWriter m_writer;
    QMap<int, qsizetype> m_offsets; ///< characters sent, by choice
};

} // namespace diptych
