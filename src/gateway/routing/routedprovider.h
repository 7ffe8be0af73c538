// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/routing/routedesk.h"

namespace diptych {

class ShadowRun;

/// Many models behind one provider: a request goes where the route of its model's name leads at that moment. What the
/// gateway serves. Must outlive its replies.
class RoutedProvider : public QObject, public Provider
{
    Q_OBJECT
public:
    RoutedProvider(RouteTable &routes, RoutedServices services);
    ~RoutedProvider() override;

    /// The same for one client's request, with the headers that it sent: routes may let some go on.
    [[nodiscard]] std::unique_ptr<Provider> forClient(HeaderList headers);
    /// Shadows that are still being asked. More than maxShadows are not asked at once: they go on when clients leave,
    /// and a client that asks and leaves in a loop must not fill the machine with answers that nobody waits for.
    static constexpr std::size_t maxShadows = 64;
    [[nodiscard]] std::size_t shadowCount() const { return m_shadows.size(); }
    /// What a request that names no model is for: "*" when there is a route for any name, else empty.
    [[nodiscard]] QString usualModel() const;

    [[nodiscard]] const Endpoint &endpoint() const override { return m_endpoint; }
    [[nodiscard]] std::unique_ptr<ModelInfoReply> info(const QString &model) override;
    /// The names of routes that are no patterns, and the open models.
    [[nodiscard]] std::unique_ptr<ModelListReply> listModels() override;
    [[nodiscard]] std::unique_ptr<ChatReply> chat(const ChatRequest &request) override;
    [[nodiscard]] std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) override;
    [[nodiscard]] std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) override;
    [[nodiscard]] Result<WirePreview> preview(const ChatRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const CompletionRequest &request) const override;
    [[nodiscard]] Result<WirePreview> preview(const EmbeddingRequest &request) const override;

Q_SIGNALS:
    /// A model is asked. Emitted right after the reply was made; it belongs to others.
    void replyStarted(diptych::Reply *reply, const QString &label, const diptych::RoutedRequest &request);
    void shadowsEnded(); ///< the last of them

private:
    class Client;

    template <typename Traits>
    [[nodiscard]] std::unique_ptr<typename Traits::Base> ask(
        const typename Traits::Request &request, const HeaderList &headers);
    [[nodiscard]] RoutePlan plan(const QString &model, ModelType type, const HeaderList &headers) const;
    [[nodiscard]] std::vector<ModelDescription> models() const;
    [[nodiscard]] std::vector<ModelRef> openModels() const;
    void shadow(const RoutePlan &plan, const ChatRequest &request, ChatReply &served);

    RouteDesk m_desk;
    Endpoint m_endpoint;
    std::vector<std::unique_ptr<ShadowRun>> m_shadows;
};

} // namespace diptych
