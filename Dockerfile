# The command and Python, nothing to build with: docker run --rm -v "$PWD:/zones:ro" mailzone check
FROM python:3.13-slim AS build
COPY . /src
RUN python -m venv /opt/mailzone \
 && /opt/mailzone/bin/pip install --no-cache-dir --disable-pip-version-check /src \
 && /opt/mailzone/bin/pip uninstall --yes pip

FROM python:3.13-slim
COPY --from=build /opt/mailzone /opt/mailzone
ENV PATH="/opt/mailzone/bin:$PATH" PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin mailzone
USER 10001
WORKDIR /zones
ENTRYPOINT ["mailzone"]
CMD ["check"]
