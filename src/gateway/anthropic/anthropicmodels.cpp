// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropicmodels.h"

#include <QJsonArray>

#include <algorithm>
#include <span>

namespace diptych {

namespace {

using Models = std::span<const ModelDescription>;

constexpr std::size_t usualPage = 20;
constexpr qlonglong largestPage = 1000;

std::size_t pageSize(const QUrlQuery &query)
{
    bool isNumber = false;
    const qlonglong asked = query.queryItemValue(QStringLiteral("limit")).toLongLong(&isNumber);
    return isNumber ? static_cast<std::size_t>(std::clamp(asked, qlonglong(1), largestPage)) : usualPage;
}

std::size_t indexOf(Models models, const QString &id)
{
    const auto found =
        std::find_if(models.begin(), models.end(), [&id](const ModelDescription &model) { return model.id == id; });
    return static_cast<std::size_t>(found - models.begin());
}

struct Page {
    Models models {};
    bool hasMore = false;
};

Page pageOf(Models models, const QUrlQuery &query)
{
    const std::size_t size = pageSize(query);
    const QString before = query.queryItemValue(QStringLiteral("before_id"), QUrl::FullyDecoded);
    const QString after = query.queryItemValue(QStringLiteral("after_id"), QUrl::FullyDecoded);
    if (!before.isEmpty()) {
        const std::size_t end = indexOf(models, before);
        const std::size_t count = std::min(size, end);
        return {.models = models.subspan(end - count, count), .hasMore = end > count};
    }
    const std::size_t begin = after.isEmpty() ? 0 : std::min(indexOf(models, after) + 1, models.size());
    const std::size_t count = std::min(size, models.size() - begin);
    return {.models = models.subspan(begin, count), .hasMore = begin + count < models.size()};
}

QJsonValue idOrNull(const QJsonArray &data, bool last)
{
    return data.isEmpty() ? QJsonValue(QJsonValue::Null) : (last ? data.last() : data.first()).toObject().value(u"id");
}

} // namespace

QJsonObject encodeAnthropicModel(const ModelDescription &model)
{
    // The epoch is what the API itself says of models whose date it does not know.
    QJsonObject object {{QStringLiteral("type"), QStringLiteral("model")}, {QStringLiteral("id"), model.id},
        {QStringLiteral("display_name"), model.id},
        {QStringLiteral("created_at"), QStringLiteral("1970-01-01T00:00:00Z")}};
    if (model.contextLength)
        object.insert(QStringLiteral("max_input_tokens"), *model.contextLength);
    if (model.facts.maxOutputTokens)
        object.insert(QStringLiteral("max_tokens"), *model.facts.maxOutputTokens);
    return object;
}

QJsonObject encodeAnthropicModels(const std::vector<ModelDescription> &models, const QUrlQuery &query)
{
    std::vector<ModelDescription> chatting;
    std::copy_if(models.begin(), models.end(), std::back_inserter(chatting), [](const ModelDescription &model) {
        return model.type == ModelType::Chat || model.type == ModelType::Unknown;
    });
    const Page page = pageOf(chatting, query);
    QJsonArray data;
    for (const ModelDescription &model : page.models)
        data.append(encodeAnthropicModel(model));
    return {{QStringLiteral("data"), data}, {QStringLiteral("has_more"), page.hasMore},
        {QStringLiteral("first_id"), idOrNull(data, false)}, {QStringLiteral("last_id"), idOrNull(data, true)}};
}

} // namespace diptych
