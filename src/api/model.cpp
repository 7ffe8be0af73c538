// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/model.h"

#include <QHash>

namespace diptych {

ModelType modelTypeFromName(const QString &name)
{
    static const QHash<QString, ModelType> types {
        {QStringLiteral("chat"), ModelType::Chat},
        {QStringLiteral("chatcompletion"), ModelType::Chat},
        {QStringLiteral("chatcompletions"), ModelType::Chat},
        // The SDK's load_client treats "completion" as chat: endpoints that say it serve /chat/completions.
        {QStringLiteral("completion"), ModelType::Chat},
        {QStringLiteral("textgeneration"), ModelType::Completion},
        {QStringLiteral("textcompletion"), ModelType::Completion},
        {QStringLiteral("embedding"), ModelType::TextEmbeddings},
        {QStringLiteral("embeddings"), ModelType::TextEmbeddings},
        {QStringLiteral("textembedding"), ModelType::TextEmbeddings},
        {QStringLiteral("textembeddings"), ModelType::TextEmbeddings},
        {QStringLiteral("imageembedding"), ModelType::ImageEmbeddings},
        {QStringLiteral("imageembeddings"), ModelType::ImageEmbeddings},
        {QStringLiteral("imagegeneration"), ModelType::ImageGeneration},
        {QStringLiteral("audiogeneration"), ModelType::AudioGeneration},
    };
    QString key = name.toLower();
    key.remove(u'-').remove(u'_').remove(u' ');
    return types.value(key, ModelType::Unknown);
}

QString modelTypeName(ModelType type)
{
    switch (type) {
    case ModelType::Chat:
        return QStringLiteral("chat-completion");
    case ModelType::Completion:
        return QStringLiteral("text-generation");
    case ModelType::TextEmbeddings:
        return QStringLiteral("embeddings");
    case ModelType::ImageEmbeddings:
        return QStringLiteral("image-embeddings");
    case ModelType::ImageGeneration:
        return QStringLiteral("image-generation");
    case ModelType::AudioGeneration:
        return QStringLiteral("audio-generation");
    case ModelType::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

} // namespace diptych
