"""Calls the sample with the query parameters of a function URL as its event."""
from lambda_function import lambda_handler


def handler(event, context):
    return lambda_handler(event.get('queryStringParameters') or {'name': 'World'}, context)
