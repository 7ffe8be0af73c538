// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/routing/routedprovider.h"

#include "api/deferredreply.h"
#include "api/forwardingprovider.h"
#include "gateway/routing/shadowrun.h"

#include <algorithm>

namespace diptych {

namespace {

const QString anyModel = QStringLiteral("*");

Error nothingToPreview()
{
    return {.kind = Error::Kind::Unsupported,
        .message = RoutedProvider::tr("What goes over the wire depends on the route; ask the endpoint itself.")};
}

/// Where a route leads, told about as a model of that name.
ModelDescription describe(const QString &name, const ModelRef &model, const RoutedServices &services)
{
    const ModelDescription *known = services.describe ? services.describe(model) : nullptr;
    ModelDescription description = known ? *known : ModelDescription {.type = ModelType::Chat};
    description.id = name;
    if (description.ownedBy.isEmpty())
        description.ownedBy = model.endpointId;
    return description;
}

} // namespace

/// RoutedProvider as one client sees it.
class RoutedProvider::Client final : public ForwardingProvider
{
public:
    Client(RoutedProvider &provider, HeaderList headers)
        : ForwardingProvider(provider)
        , m_provider(provider)
        , m_headers(std::move(headers))
    {
    }

    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override
    {
        return m_provider.ask<RoutedChat>(request, m_headers);
    }
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override
    {
        return m_provider.ask<RoutedCompletion>(request, m_headers);
    }
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override
    {
        return m_provider.ask<RoutedEmbedding>(request, m_headers);
    }
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override
    {
        return m_provider.ask<RoutedImageEmbedding>(request, m_headers);
    }

private:
    RoutedProvider &m_provider;
    HeaderList m_headers;
};

RoutedProvider::RoutedProvider(RouteTable &routes, RoutedServices services)
    : m_desk(routes, std::move(services))
    , m_endpoint {.id = QStringLiteral("gateway"), .name = tr("Gateway"), .auth = Endpoint::Auth::None}
{
    connect(&m_desk, &RouteDesk::replyStarted, this, &RoutedProvider::replyStarted);
    m_desk.routes().setOwnNames([this](const QString &name) {
        const std::vector<ModelRef> open = openModels();
        return std::any_of(open.begin(), open.end(), [&name](const ModelRef &model) { return isCalled(model, name); });
    });
}

RoutedProvider::~RoutedProvider()
{
    m_desk.routes().setOwnNames({});
}

std::vector<ModelRef> RoutedProvider::openModels() const
{
    return m_desk.services().openModels ? m_desk.services().openModels() : std::vector<ModelRef>();
}

std::unique_ptr<Provider> RoutedProvider::forClient(HeaderList headers)
{
    return std::make_unique<Client>(*this, std::move(headers));
}

QString RoutedProvider::usualModel() const
{
    const Route *route = m_desk.routes().find(anyModel);
    return route && route->name == anyModel ? anyModel : QString();
}

RoutePlan RoutedProvider::plan(const QString &model, ModelType type, const HeaderList &headers) const
{
    return planRoute(m_desk.routes(), m_desk.services(), model, type, headers);
}

template <typename Traits>
std::unique_ptr<typename Traits::Base> RoutedProvider::ask(
    const typename Traits::Request &request, const HeaderList &headers)
{
    const RoutePlan settled = plan(request.model, Traits::type, headers);
    auto reply = std::make_unique<RoutedReply<Traits>>(m_desk, settled, request);
    if constexpr (std::is_same_v<Traits, RoutedChat>) {
        const bool hasShadow = settled.route && settled.route->shadow && m_desk.services().shadows;
        if (hasShadow && !settled.refusal && m_shadows.size() < maxShadows)
            shadow(settled, request, *reply);
    }
    return reply;
}

void RoutedProvider::shadow(const RoutePlan &plan, const ChatRequest &request, ChatReply &served)
{
    auto run = std::make_unique<ShadowRun>(m_desk, plan, request, static_cast<RoutedReply<RoutedChat> &>(served));
    ShadowRun *raw = run.get();
    // Queued: the run is emitting.
    connect(
        raw, &ShadowRun::finished, this,
        [this, raw] {
            std::erase_if(m_shadows, [raw](const auto &candidate) { return candidate.get() == raw; });
            if (m_shadows.empty())
                Q_EMIT shadowsEnded();
        },
        Qt::QueuedConnection);
    m_shadows.push_back(std::move(run));
}

std::unique_ptr<ChatReply> RoutedProvider::chat(const ChatRequest &request)
{
    return ask<RoutedChat>(request, {});
}

std::unique_ptr<CompletionReply> RoutedProvider::complete(const CompletionRequest &request)
{
    return ask<RoutedCompletion>(request, {});
}

std::unique_ptr<EmbeddingReply> RoutedProvider::embed(const EmbeddingRequest &request)
{
    return ask<RoutedEmbedding>(request, {});
}

std::unique_ptr<EmbeddingReply> RoutedProvider::embedImages(const ImageEmbeddingRequest &request)
{
    return ask<RoutedImageEmbedding>(request, {});
}

std::vector<ModelDescription> RoutedProvider::models() const
{
    std::vector<ModelDescription> list;
    const auto isListed = [&list](const QString &id) {
        return std::any_of(list.begin(), list.end(), [&id](const ModelDescription &model) { return model.id == id; });
    };
    const RoutedServices &services = m_desk.services();
    for (const Route &route : m_desk.routes().routes()) {
        if (route.isEnabled && !route.name.contains(u'*') && !isListed(route.name))
            list.push_back(
                describe(route.name, route.targets.empty() ? ModelRef() : route.targets.front().model, services));
    }
    for (const ModelRef &model : openModels()) {
        if (!isListed(model.model))
            list.push_back(describe(model.model, model, services));
    }
    return list;
}

std::unique_ptr<ModelListReply> RoutedProvider::listModels()
{
    return std::make_unique<DeferredReply<std::vector<ModelDescription>>>(
        [list = models()]() -> Result<std::vector<ModelDescription>> { return list; });
}

std::unique_ptr<ModelInfoReply> RoutedProvider::info(const QString &model)
{
    const RoutePlan settled = plan(model, ModelType::Chat, {});
    return std::make_unique<DeferredReply<ModelInfo>>([this, settled]() -> Result<ModelInfo> {
        if (settled.refusal && settled.models.empty())
            return Failure(*settled.refusal);
        const ModelDescription known =
            describe(settled.models.front().model, settled.models.front(), m_desk.services());
        return ModelInfo {.name = known.id,
            .type = known.type,
            .rawType = modelTypeName(known.type),
            .provider = known.ownedBy,
            .contextLength = known.contextLength,
            .facts = known.facts,
            .raw = known.raw};
    });
}

Result<WirePreview> RoutedProvider::preview(const ChatRequest &) const
{
    return Failure(nothingToPreview());
}

Result<WirePreview> RoutedProvider::preview(const CompletionRequest &) const
{
    return Failure(nothingToPreview());
}

Result<WirePreview> RoutedProvider::preview(const EmbeddingRequest &) const
{
    return Failure(nothingToPreview());
}

} // namespace diptych
