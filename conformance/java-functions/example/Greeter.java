package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;

/** Objects in, objects out. */
public class Greeter implements RequestHandler<Greeter.Order, Greeter.Receipt> {
    public enum Size {
        SMALL,
        LARGE
    }

    public static class Line {
        private String product;
        private int count;

        public String getProduct() {
            return product;
        }

        public void setProduct(String product) {
            this.product = product;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    public static class Order {
        private String name;
        private List<Line> lines;
        private Map<String, Double> prices;
        private Size size;
        public long number;

        public void setName(String name) {
            this.name = name;
        }

        public void setLines(List<Line> lines) {
            this.lines = lines;
        }

        public void setPrices(Map<String, Double> prices) {
            this.prices = prices;
        }

        public void setSize(Size size) {
            this.size = size;
        }
    }

    public static class Receipt {
        private final String greeting;
        private final double total;
        private final List<Line> lines;
        private final Size size;
        public final long number;

        Receipt(String greeting, double total, Order order) {
            this.greeting = greeting;
            this.total = total;
            this.lines = order.lines;
            this.size = order.size;
            this.number = order.number;
        }

        public String getGreeting() {
            return greeting;
        }

        public double getTotal() {
            return total;
        }

        public List<Line> getLines() {
            return lines;
        }

        public Size getSize() {
            return size;
        }

        public boolean isPaid() {
            return false;
        }
    }

    @Override
    public Receipt handleRequest(Order order, Context context) {
        context.getLogger().log("order of " + order.name);
        double total = 0;
        for (Line line : order.lines) {
            total += line.count * order.prices.get(line.product);
        }
        return new Receipt("Hello, " + order.name + "!", total, order);
    }
}
